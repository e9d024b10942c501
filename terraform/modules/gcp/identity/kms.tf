# Encrypts the files of secrets/<environment> for sops; CI decrypts through federation and keeps no key. The age key of
# DISASTER.md opens them when Google does not answer.
resource "google_kms_key_ring" "this" {
  project  = var.project_id
  name     = "innkeeper"
  location = var.region

  depends_on = [google_project_service.this]
}

resource "google_kms_crypto_key" "sops" {
  name            = "sops"
  key_ring        = google_kms_key_ring.this.id
  purpose         = "ENCRYPT_DECRYPT"
  rotation_period = "7776000s"
  # A deletion by mistake can be taken back for a month.
  destroy_scheduled_duration = "2592000s"
  labels                     = { project = "innkeeper" }

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_kms_crypto_key_iam_member" "sops" {
  for_each = merge(
    { ci-deploy = google_service_account.ci["ci-deploy"].member },
    { for member in var.operators : member => member },
  )

  crypto_key_id = google_kms_crypto_key.sops.id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = each.value
}
