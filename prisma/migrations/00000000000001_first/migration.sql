-- Made by the schema engine, then edited by hand: WITHOUT ROWID where the key is the table, CHECK on columns of few
-- words, and the triggers at the end.

-- CreateTable
CREATE TABLE "ServerFact" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "ProcessOwner" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "processId" INTEGER NOT NULL,
    "hostName" TEXT NOT NULL,
    "claim" TEXT NOT NULL,
    "address" TEXT,
    "startedAt" DATETIME NOT NULL,
    "heartbeatAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Account" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "publicId" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "emailFolded" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL CHECK ("role" IN ('admin', 'support')),
    "passwordHash" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "passwordSetAt" DATETIME NOT NULL,
    "lastSignedInAt" DATETIME
);

-- CreateTable
CREATE TABLE "Session" (
    "tokenHash" TEXT NOT NULL PRIMARY KEY,
    "publicId" TEXT NOT NULL,
    "accountId" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "lastSeenAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "remoteAddress" TEXT NOT NULL,
    "userAgent" TEXT NOT NULL,
    CONSTRAINT "Session_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "actorKind" TEXT NOT NULL CHECK ("actorKind" IN ('account', 'system', 'host', 'setup')),
    "actorId" TEXT,
    "actorName" TEXT NOT NULL,
    "remoteAddress" TEXT,
    "requestId" TEXT,
    "action" TEXT NOT NULL,
    "subjectKind" TEXT NOT NULL,
    "subjectId" TEXT,
    "subjectName" TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT
);

-- CreateTable
CREATE TABLE "Secret" (
    "ownerKind" TEXT NOT NULL,
    "ownerId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "cipher" TEXT NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "updatedBy" TEXT NOT NULL,
    "usedAt" DATETIME,

    PRIMARY KEY ("ownerKind", "ownerId", "name")
);

-- CreateTable
CREATE TABLE "Directory" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "publicId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameFolded" TEXT NOT NULL,
    "eventEpoch" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "DirectoryUser" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "publicId" TEXT NOT NULL,
    "directoryId" INTEGER NOT NULL,
    "connectorId" INTEGER,
    "externalId" TEXT,
    "username" TEXT NOT NULL,
    "usernameFolded" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "firstName" TEXT NOT NULL,
    "lastName" TEXT NOT NULL,
    "displayName" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL,
    "sourceStatus" TEXT,
    "search" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "DirectoryUser_directoryId_fkey" FOREIGN KEY ("directoryId") REFERENCES "Directory" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "DirectoryUser_connectorId_fkey" FOREIGN KEY ("connectorId") REFERENCES "Connector" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "DirectoryGroup" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "publicId" TEXT NOT NULL,
    "directoryId" INTEGER NOT NULL,
    "connectorId" INTEGER,
    "externalId" TEXT,
    "name" TEXT NOT NULL,
    "nameFolded" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "search" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "DirectoryGroup_directoryId_fkey" FOREIGN KEY ("directoryId") REFERENCES "Directory" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "DirectoryGroup_connectorId_fkey" FOREIGN KEY ("connectorId") REFERENCES "Connector" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Membership" (
    "userId" INTEGER NOT NULL,
    "groupId" INTEGER NOT NULL,
    "origin" INTEGER NOT NULL,

    PRIMARY KEY ("userId", "groupId", "origin")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "DirectoryEvent" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "directoryId" INTEGER NOT NULL,
    "epoch" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "kind" TEXT NOT NULL CHECK ("kind" IN ('user', 'group', 'membership')),
    "operation" TEXT NOT NULL CHECK ("operation" IN ('CREATED', 'UPDATED', 'DELETED')),
    "subjectId" INTEGER NOT NULL,
    "name" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Connector" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "publicId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "directoryId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "nameFolded" TEXT NOT NULL,
    "settingsVersion" INTEGER NOT NULL,
    "connection" TEXT NOT NULL CHECK ("connection" IN ('untested', 'connected', 'not-connected')),
    "connectionTest" TEXT,
    "connectionAt" DATETIME,
    "nextRunAt" DATETIME,
    "createdAt" DATETIME NOT NULL,
    "removedAt" DATETIME,
    CONSTRAINT "Connector_directoryId_fkey" FOREIGN KEY ("directoryId") REFERENCES "Directory" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ConnectorVersion" (
    "connectorId" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "settings" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "createdBy" TEXT NOT NULL,

    PRIMARY KEY ("connectorId", "version"),
    CONSTRAINT "ConnectorVersion_connectorId_fkey" FOREIGN KEY ("connectorId") REFERENCES "Connector" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Lease" (
    "connectorId" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "fence" INTEGER NOT NULL,
    "holder" TEXT NOT NULL,
    "runId" INTEGER,
    "expiresAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Run" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "connectorId" INTEGER NOT NULL,
    "scope" TEXT NOT NULL CHECK ("scope" IN ('full', 'incremental', 'single-user')),
    "intent" TEXT NOT NULL CHECK ("intent" IN ('simulate', 'apply')),
    "origin" TEXT NOT NULL CHECK ("origin" IN ('source', 'plan', 'undo')),
    "originRunId" INTEGER,
    "trigger" TEXT NOT NULL CHECK ("trigger" IN ('manual', 'scheduled', 'login', 'product')),
    "startedBy" TEXT NOT NULL,
    "state" TEXT NOT NULL CHECK ("state" IN ('queued', 'reading', 'planning', 'applying', 'done', 'held', 'failed', 'cancelled', 'interrupted', 'discarded', 'replaced')),
    "reason" TEXT,
    "settingsVersion" INTEGER NOT NULL,
    "snapshotId" INTEGER,
    "planId" INTEGER,
    "counters" TEXT,
    "progress" TEXT,
    "cancelRequestedAt" DATETIME,
    "reviewedAt" DATETIME,
    "reviewedBy" TEXT,
    "queuedAt" DATETIME NOT NULL,
    "startedAt" DATETIME,
    "finishedAt" DATETIME,
    CONSTRAINT "Run_connectorId_fkey" FOREIGN KEY ("connectorId") REFERENCES "Connector" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RunStep" (
    "runId" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
    "level" TEXT NOT NULL CHECK ("level" IN ('info', 'passed', 'waiting', 'warning', 'failed')),
    "code" TEXT NOT NULL,
    "facts" TEXT NOT NULL,

    PRIMARY KEY ("runId", "seq"),
    CONSTRAINT "RunStep_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Snapshot" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "connectorId" INTEGER NOT NULL,
    "runId" INTEGER NOT NULL,
    "scope" TEXT NOT NULL CHECK ("scope" IN ('all', 'changed', 'one')),
    "facts" TEXT NOT NULL,
    "complete" BOOLEAN NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,
    "purgedAt" DATETIME
);

-- CreateTable
CREATE TABLE "SnapshotUser" (
    "snapshotId" INTEGER NOT NULL,
    "externalId" TEXT NOT NULL,
    "failed" BOOLEAN NOT NULL,
    "record" TEXT NOT NULL,

    PRIMARY KEY ("snapshotId", "externalId")
);

-- CreateTable
CREATE TABLE "SnapshotGroup" (
    "snapshotId" INTEGER NOT NULL,
    "externalId" TEXT NOT NULL,
    "failed" BOOLEAN NOT NULL,
    "gone" BOOLEAN NOT NULL,
    "record" TEXT NOT NULL,

    PRIMARY KEY ("snapshotId", "externalId")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "SnapshotMembers" (
    "snapshotId" INTEGER NOT NULL,
    "groupExternalId" TEXT NOT NULL,
    "page" INTEGER NOT NULL,
    "memberIds" TEXT NOT NULL,

    PRIMARY KEY ("snapshotId", "groupExternalId", "page")
);

-- CreateTable
CREATE TABLE "SnapshotAbsence" (
    "snapshotId" INTEGER NOT NULL,
    "externalId" TEXT NOT NULL,
    "answer" TEXT NOT NULL CHECK ("answer" IN ('deprovisioned', 'gone', 'present', 'unknown')),

    PRIMARY KEY ("snapshotId", "externalId")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "Plan" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "publicId" TEXT NOT NULL,
    "runId" INTEGER NOT NULL,
    "connectorId" INTEGER NOT NULL,
    "snapshotId" INTEGER,
    "settingsVersion" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "totals" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "suppressed" TEXT NOT NULL,
    "state" TEXT NOT NULL CHECK ("state" IN ('writing', 'open', 'applying', 'applied', 'discarded', 'replaced', 'purged')),
    "rows" INTEGER NOT NULL,
    "groupRows" INTEGER NOT NULL,
    "announcement" TEXT CHECK ("announcement" IN ('events', 'epoch')),
    "appliedGains" INTEGER NOT NULL DEFAULT 0,
    "appliedLosses" INTEGER NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL,
    "closedAt" DATETIME,
    "closedByRunId" INTEGER
);

-- CreateTable
CREATE TABLE "PlanChange" (
    "planId" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "subject" TEXT NOT NULL CHECK ("subject" IN ('user', 'group')),
    "operation" TEXT NOT NULL CHECK ("operation" IN ('create', 'update', 'enable', 'disable', 'delete', 'anonymize', 'restore', 'skip')),
    "category" TEXT NOT NULL CHECK ("category" IN ('added', 'modified', 'cleaned-up', 'filtered', 'failed')),
    "externalId" TEXT NOT NULL,
    "subjectId" INTEGER,
    "plannedRevision" INTEGER,
    "name" TEXT NOT NULL,
    "username" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "search" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "groupsGained" INTEGER NOT NULL,
    "groupsLost" INTEGER NOT NULL,
    "reasonCode" TEXT NOT NULL,
    "state" TEXT NOT NULL CHECK ("state" IN ('pending', 'applied', 'drifted', 'none')),
    "drift" TEXT CHECK ("drift" IN ('changed', 'gone', 'exists', 'name-held')),

    PRIMARY KEY ("planId", "seq")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "PlanChangeDetail" (
    "planId" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "before" TEXT,
    "after" TEXT,
    "gained" TEXT NOT NULL,
    "lost" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "source" TEXT,

    PRIMARY KEY ("planId", "seq")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "PlanGroup" (
    "planId" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "groupId" INTEGER,
    "externalId" TEXT,
    "name" TEXT NOT NULL,

    PRIMARY KEY ("planId", "ordinal")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "PlanChangeGroup" (
    "planId" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "gained" BOOLEAN NOT NULL,

    PRIMARY KEY ("planId", "ordinal", "seq")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "PlanChangeAttribute" (
    "planId" INTEGER NOT NULL,
    "attribute" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,

    PRIMARY KEY ("planId", "attribute", "seq")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "PlanFacet" (
    "planId" INTEGER NOT NULL,
    "facet" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    PRIMARY KEY ("planId", "facet", "value")
) WITHOUT ROWID;

-- CreateIndex
CREATE UNIQUE INDEX "Account_publicId_key" ON "Account"("publicId");

-- CreateIndex
CREATE UNIQUE INDEX "Account_emailFolded_key" ON "Account"("emailFolded");

-- CreateIndex
CREATE UNIQUE INDEX "Session_publicId_key" ON "Session"("publicId");

-- CreateIndex
CREATE INDEX "Session_accountId_idx" ON "Session"("accountId");

-- CreateIndex
CREATE INDEX "AuditEntry_action_id_idx" ON "AuditEntry"("action", "id");

-- CreateIndex
CREATE INDEX "AuditEntry_subjectKind_subjectId_id_idx" ON "AuditEntry"("subjectKind", "subjectId", "id");

-- CreateIndex
CREATE INDEX "AuditEntry_actorId_id_idx" ON "AuditEntry"("actorId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Directory_publicId_key" ON "Directory"("publicId");

-- CreateIndex
CREATE UNIQUE INDEX "Directory_nameFolded_key" ON "Directory"("nameFolded");

-- CreateIndex
CREATE UNIQUE INDEX "DirectoryUser_publicId_key" ON "DirectoryUser"("publicId");

-- CreateIndex
CREATE INDEX "DirectoryUser_search_active_connectorId_directoryId_idx" ON "DirectoryUser"("search", "active", "connectorId", "directoryId");

-- CreateIndex
CREATE UNIQUE INDEX "DirectoryUser_directoryId_usernameFolded_key" ON "DirectoryUser"("directoryId", "usernameFolded");

-- CreateIndex
CREATE UNIQUE INDEX "DirectoryUser_connectorId_externalId_key" ON "DirectoryUser"("connectorId", "externalId");

-- CreateIndex
CREATE UNIQUE INDEX "DirectoryGroup_publicId_key" ON "DirectoryGroup"("publicId");

-- CreateIndex
CREATE INDEX "DirectoryGroup_search_connectorId_directoryId_idx" ON "DirectoryGroup"("search", "connectorId", "directoryId");

-- CreateIndex
CREATE UNIQUE INDEX "DirectoryGroup_directoryId_nameFolded_key" ON "DirectoryGroup"("directoryId", "nameFolded");

-- CreateIndex
CREATE UNIQUE INDEX "DirectoryGroup_connectorId_externalId_key" ON "DirectoryGroup"("connectorId", "externalId");

-- CreateIndex
CREATE INDEX "Membership_groupId_userId_idx" ON "Membership"("groupId", "userId");

-- CreateIndex
CREATE INDEX "DirectoryEvent_directoryId_epoch_id_idx" ON "DirectoryEvent"("directoryId", "epoch", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Connector_publicId_key" ON "Connector"("publicId");

-- CreateIndex
CREATE UNIQUE INDEX "Connector_nameFolded_key" ON "Connector"("nameFolded");

-- CreateIndex
CREATE INDEX "Connector_nextRunAt_idx" ON "Connector"("nextRunAt");

-- CreateIndex
CREATE INDEX "Run_connectorId_id_idx" ON "Run"("connectorId", "id");

-- CreateIndex
CREATE INDEX "Run_state_idx" ON "Run"("state");

-- CreateIndex
CREATE UNIQUE INDEX "Snapshot_runId_key" ON "Snapshot"("runId");

-- CreateIndex
CREATE INDEX "Snapshot_connectorId_id_idx" ON "Snapshot"("connectorId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Plan_publicId_key" ON "Plan"("publicId");

-- CreateIndex
CREATE UNIQUE INDEX "Plan_runId_key" ON "Plan"("runId");

-- CreateIndex
CREATE INDEX "Plan_connectorId_id_idx" ON "Plan"("connectorId", "id");

-- CreateIndex
CREATE INDEX "PlanChange_planId_category_seq_idx" ON "PlanChange"("planId", "category", "seq");

-- CreateIndex
CREATE INDEX "PlanChange_planId_reasonCode_seq_idx" ON "PlanChange"("planId", "reasonCode", "seq");

-- CreateIndex
CREATE INDEX "PlanChange_planId_state_seq_idx" ON "PlanChange"("planId", "state", "seq");

-- The audit is append-only.
CREATE TRIGGER "AuditEntry_no_update" BEFORE UPDATE ON "AuditEntry"
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;

CREATE TRIGGER "AuditEntry_no_delete" BEFORE DELETE ON "AuditEntry"
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;
