# Deliveries over 128 KB, and what the queue refused: read once, then deleted by the Worker.
resource "cloudflare_r2_bucket" "overflow" {
  account_id    = var.account_id
  name          = "innkeeper-overflow${local.suffix}"
  jurisdiction  = var.jurisdiction
  location      = "weur" # Heeded when the bucket is made, and never again.
  storage_class = "Standard"

  lifecycle {
    prevent_destroy = true
  }
}

# Payloads hold people's data: what a failed delete left behind goes after a month, as in `events`.
resource "cloudflare_r2_bucket_lifecycle" "overflow" {
  account_id   = var.account_id
  bucket_name  = cloudflare_r2_bucket.overflow.name
  jurisdiction = cloudflare_r2_bucket.overflow.jurisdiction

  rules = [
    {
      id         = "end-after-30-days"
      enabled    = true
      conditions = { prefix = "" }
      delete_objects_transition = {
        condition = { type = "Age", max_age = 30 * 24 * 60 * 60 }
      }
      abort_multipart_uploads_transition = {
        condition = { type = "Age", max_age = 24 * 60 * 60 }
      }
    },
  ]
}

resource "cloudflare_r2_bucket" "backup" {
  account_id    = var.account_id
  name          = "innkeeper-backup${local.suffix}"
  jurisdiction  = var.jurisdiction
  location      = "weur"     # Heeded when the bucket is made, and never again.
  storage_class = "Standard" # Infrequent access bills every read of a check, and 30 days of what a prune removes.

  lifecycle {
    prevent_destroy = true
  }
}

# Never a rule that deletes: what of the repository may go, restic knows alone.
resource "cloudflare_r2_bucket_lifecycle" "backup" {
  account_id   = var.account_id
  bucket_name  = cloudflare_r2_bucket.backup.name
  jurisdiction = cloudflare_r2_bucket.backup.jurisdiction

  rules = [
    {
      id         = "end-unfinished-uploads"
      enabled    = true
      conditions = { prefix = "" }
      abort_multipart_uploads_transition = {
        condition = { type = "Age", max_age = 7 * 24 * 60 * 60 }
      }
    },
  ]
}

# R2 refuses these to everybody, the vault's Worker included. `index/` and `locks/` have none: restic rewrites the one
# and removes the other every few minutes. Whoever may change the lock may lift it: that right is in no token here.
resource "cloudflare_r2_bucket_lock" "backup" {
  account_id   = var.account_id
  bucket_name  = cloudflare_r2_bucket.backup.name
  jurisdiction = cloudflare_r2_bucket.backup.jurisdiction

  rules = [
    {
      id        = "data"
      enabled   = true
      prefix    = "${var.vault_repository}/data/"
      condition = { type = "Age", max_age_seconds = var.vault_data_age_seconds }
    },
    {
      id        = "snapshots"
      enabled   = true
      prefix    = "${var.vault_repository}/snapshots/"
      condition = { type = "Age", max_age_seconds = var.vault_snapshot_age_seconds }
    },
    {
      id        = "keys"
      enabled   = true
      prefix    = "${var.vault_repository}/keys/"
      condition = { type = "Indefinite" }
    },
    {
      id        = "config"
      enabled   = true
      prefix    = "${var.vault_repository}/config"
      condition = { type = "Indefinite" }
    },
  ]

  lifecycle {
    prevent_destroy = true
  }
}
