/** Every configuration that is or was live. */
export type ConnectorsTable = {
  id: string;
  type: string;
  factory_id: string;
  /** Encrypted. */
  config: string;
  metadata: string;
  /** 0 while it waits for its configuration; at most one of each channel does. */
  is_configured: number;
  created_at: number;
  updated_at: number;
};

/** Which configuration is live; the key on `type` is what keeps it to one. */
export type LiveConnectorsTable = { type: string; connector_id: string; since: number };

/** A mail's template for a usage type in a language; one of each. */
export type EmailTemplatesTable = {
  id: string;
  /** BCP 47. */
  language_tag: string;
  /** The usage type. */
  template_type: string;
  /** JSON: subject, content, contentType, replyTo, sendFrom. */
  details: string;
  created_at: number;
};
