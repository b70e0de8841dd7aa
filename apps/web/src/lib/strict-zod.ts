import { z } from 'zod';

// The content security policy forbids `new Function`, which zod would try for speed.
z.config({ jitless: true });
