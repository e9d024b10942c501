output "enabled_apis" {
  description = "APIs that are switched on; other modules depend on it."
  value       = [for api in google_project_service.this : api.service]
}

output "mongo_listener" {
  description = "The listener's account: `email` for its key, `member` for IAM."
  value = {
    email  = google_service_account.mongo_listener.email
    member = google_service_account.mongo_listener.member
  }
}

output "sync_app" {
  description = "Account of `innkeeper` on the Swarm, as an IAM member."
  value       = google_service_account.sync_app.member
}

output "workload_identity" {
  description = "By Worker: `GOOGLE_WORKLOAD_AUDIENCE`, `GOOGLE_WORKLOAD_ISSUER`, `GOOGLE_WORKLOAD_SUBJECT`."
  value = {
    for name in keys(local.federated_workers) : name => {
      audience = "${local.pools}/innkeeper/providers/${name}"
      issuer   = var.worker_issuer
      subject  = name
    }
  }
}

output "github" {
  description = "Providers and accounts for google-github-actions/auth, by purpose: plan, watch and deploy."
  value = {
    for purpose in ["plan", "watch", "deploy"] : purpose => {
      provider        = "${trimprefix(local.pools, "//iam.googleapis.com/")}/github/providers/${purpose}"
      service_account = google_service_account.ci["ci-${purpose}"].email
    }
  }
}

output "sops_key" {
  description = "Resource name of the key for sops, `gcp_kms` in its creation rules."
  value = join("/", [
    "projects", var.project_id, "locations", var.region,
    "keyRings", google_kms_key_ring.this.name, "cryptoKeys", google_kms_crypto_key.sops.name,
  ])
}

output "deploy_service_account" {
  description = "Account of the deployments: it acts as the functions' accounts while it deploys them."
  value       = google_service_account.ci["ci-deploy"].email
}
