-- Made by the schema engine, then edited by hand: WITHOUT ROWID where the key is the table, CHECK on columns of few words.

-- CreateTable
CREATE TABLE "Idp" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "publicId" TEXT NOT NULL,
    "state" TEXT NOT NULL CHECK ("state" IN ('draft', 'enabled', 'disabled')),
    "name" TEXT NOT NULL,
    "nameFolded" TEXT,
    "settingsVersion" INTEGER NOT NULL,
    "loginVersion" INTEGER NOT NULL,
    "metadata" TEXT,
    "metadataImport" TEXT,
    "keys" TEXT,
    "testedAt" DATETIME,
    "testedBy" TEXT,
    "wizardStep" TEXT NOT NULL,
    "wizardTicks" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "createdBy" TEXT NOT NULL,
    "removedAt" DATETIME
);

-- CreateTable
CREATE TABLE "IdpVersion" (
    "idpId" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "settings" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "createdBy" TEXT NOT NULL,

    PRIMARY KEY ("idpId", "version"),
    CONSTRAINT "IdpVersion_idpId_fkey" FOREIGN KEY ("idpId") REFERENCES "Idp" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Identity" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "directoryId" INTEGER NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "userId" INTEGER NOT NULL,
    "linkedBy" TEXT NOT NULL CHECK ("linkedBy" IN ('same-source', 'claims', 'email', 'username')),
    "linkedAt" DATETIME NOT NULL,
    "lastLoginAt" DATETIME,
    CONSTRAINT "Identity_directoryId_fkey" FOREIGN KEY ("directoryId") REFERENCES "Directory" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Identity_userId_fkey" FOREIGN KEY ("userId") REFERENCES "DirectoryUser" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "LoginTransaction" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "browserHash" TEXT NOT NULL,
    "stateHash" TEXT NOT NULL,
    "idpId" INTEGER NOT NULL,
    "loginVersion" INTEGER NOT NULL,
    "trackerId" INTEGER NOT NULL,
    "applicationId" INTEGER,
    "returnUrl" TEXT,
    "sealed" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    CONSTRAINT "LoginTransaction_idpId_fkey" FOREIGN KEY ("idpId") REFERENCES "Idp" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Tracker" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "publicId" TEXT NOT NULL,
    "kind" TEXT NOT NULL CHECK ("kind" IN ('test', 'login')),
    "state" TEXT NOT NULL CHECK ("state" IN ('waiting', 'in-progress', 'passed', 'failed', 'timed-out')),
    "idpId" INTEGER NOT NULL,
    "settingsVersion" INTEGER NOT NULL,
    "applicationId" INTEGER,
    "startedBy" TEXT NOT NULL,
    "linkHash" TEXT,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "startedAt" DATETIME,
    "finishedAt" DATETIME,
    "lastStep" TEXT,
    "failureCode" TEXT,
    "failureStep" TEXT,
    "person" TEXT,
    "userId" INTEGER,
    "claims" TEXT,
    "update" TEXT,
    CONSTRAINT "Tracker_idpId_fkey" FOREIGN KEY ("idpId") REFERENCES "Idp" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "TrackerEvent" (
    "trackerId" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
    "step" TEXT NOT NULL,
    "state" TEXT NOT NULL CHECK ("state" IN ('passed', 'failed', 'warning', 'waiting')),
    "code" TEXT,
    "fact" TEXT NOT NULL,
    "expected" TEXT,
    "seen" TEXT,
    "durationMs" INTEGER,
    "facts" TEXT NOT NULL,

    PRIMARY KEY ("trackerId", "seq"),
    CONSTRAINT "TrackerEvent_trackerId_fkey" FOREIGN KEY ("trackerId") REFERENCES "Tracker" ("id") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "Application" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "publicId" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameFolded" TEXT,
    "settingsVersion" INTEGER NOT NULL,
    "switchedAt" DATETIME,
    "switchedBy" TEXT,
    "createdAt" DATETIME NOT NULL,
    "removedAt" DATETIME
);

-- CreateTable
CREATE TABLE "ApplicationVersion" (
    "applicationId" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "settings" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "createdBy" TEXT NOT NULL,

    PRIMARY KEY ("applicationId", "version"),
    CONSTRAINT "ApplicationVersion_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "GeneralSettingsVersion" (
    "version" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "settings" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "createdBy" TEXT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Idp_publicId_key" ON "Idp"("publicId");

-- CreateIndex
CREATE UNIQUE INDEX "Idp_nameFolded_key" ON "Idp"("nameFolded");

-- CreateIndex
CREATE INDEX "Idp_state_idx" ON "Idp"("state");

-- CreateIndex
CREATE INDEX "Identity_userId_idx" ON "Identity"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Identity_directoryId_issuer_subject_key" ON "Identity"("directoryId", "issuer", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "LoginTransaction_stateHash_key" ON "LoginTransaction"("stateHash");

-- CreateIndex
CREATE INDEX "LoginTransaction_browserHash_idpId_id_idx" ON "LoginTransaction"("browserHash", "idpId", "id");

-- CreateIndex
CREATE INDEX "LoginTransaction_expiresAt_idx" ON "LoginTransaction"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "Tracker_publicId_key" ON "Tracker"("publicId");

-- CreateIndex
CREATE UNIQUE INDEX "Tracker_linkHash_key" ON "Tracker"("linkHash");

-- CreateIndex
CREATE INDEX "Tracker_kind_state_id_idx" ON "Tracker"("kind", "state", "id");

-- CreateIndex
CREATE INDEX "Tracker_idpId_id_idx" ON "Tracker"("idpId", "id");

-- CreateIndex
CREATE INDEX "Tracker_state_expiresAt_idx" ON "Tracker"("state", "expiresAt");

-- CreateIndex
CREATE INDEX "Tracker_createdAt_idx" ON "Tracker"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Application_publicId_key" ON "Application"("publicId");

-- CreateIndex
CREATE UNIQUE INDEX "Application_slug_key" ON "Application"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "Application_nameFolded_key" ON "Application"("nameFolded");

-- Login looks people up by e-mail. Most have it as their user name, which is indexed already; these two hold the others, so
-- that they cost next to nothing. By hand: the schema knows no index over an expression, and lower() and trim() know ASCII
-- only, so what is found is compared once more by the server.
CREATE INDEX "DirectoryUser_email_idx" ON "DirectoryUser"("directoryId", lower(trim("email"))) WHERE lower(trim("email")) <> "usernameFolded";

-- E-mails with anything but printable ASCII: very few, and gone through one by one.
CREATE INDEX "DirectoryUser_email_other_idx" ON "DirectoryUser"("directoryId") WHERE "email" GLOB '*[^ -~]*';
