locals {
  repository = join(" && ", [
    "assertion.repository_id == \"${var.github.repository_id}\"",
    "assertion.repository_owner_id == \"${var.github.repository_owner_id}\"",
  ])
  workflows = "principalSet:${local.pools}/${google_iam_workload_identity_pool.github.workload_identity_pool_id}"

  # What plans and drift reports read, and no more: Google's `roles/viewer` would show every document of every guest to
  # whoever opens a pull request.
  plan_permissions = toset(flatten([
    ["resourcemanager.projects.get", "resourcemanager.projects.getIamPolicy"],
    ["serviceusage.services.get", "serviceusage.services.list", "serviceusage.services.use"],
    ["cloudkms.cryptoKeys.get", "cloudkms.cryptoKeys.getIamPolicy", "cloudkms.keyRings.get"],
    ["cloudscheduler.jobs.get", "cloudscheduler.jobs.list"],
    ["datastore.backupSchedules.get", "datastore.backupSchedules.list"],
    ["datastore.databases.getMetadata", "datastore.databases.list", "datastore.indexes.get", "datastore.indexes.list"],
    ["iam.roles.get", "iam.serviceAccounts.get", "iam.serviceAccounts.getIamPolicy", "iam.serviceAccounts.list"],
    ["iam.workloadIdentityPoolProviders.get", "iam.workloadIdentityPools.get"],
    # The provider lists the rules of every pool it reads, although none is set here.
    ["iam.workloadIdentityPools.getAttestationRules"],
    ["logging.buckets.get", "logging.logMetrics.get", "logging.logMetrics.list"],
    ["monitoring.alertPolicies.get", "monitoring.alertPolicies.list", "monitoring.dashboards.get"],
    ["monitoring.notificationChannels.get", "monitoring.notificationChannels.list"],
    ["monitoring.uptimeCheckConfigs.get"],
    ["pubsub.subscriptions.get", "pubsub.subscriptions.getIamPolicy"],
    ["pubsub.topics.get", "pubsub.topics.getIamPolicy"],
    ["run.services.get", "run.services.getIamPolicy"],
    ["secretmanager.secrets.get", "secretmanager.secrets.getIamPolicy", "secretmanager.secrets.list"],
    ["storage.buckets.get", "storage.buckets.getIamPolicy"],
  ]))

  # What Terraform and the deployments change. It sets IAM of the project, so it is as strong as an owner: only jobs of
  # the GitHub environment reach it, and that environment's reviewers are the gate.
  deploy_roles = toset([
    "roles/cloudfunctions.admin",
    "roles/cloudkms.admin",
    "roles/cloudscheduler.admin",
    "roles/datastore.owner",
    "roles/eventarc.admin",
    "roles/iam.roleAdmin",
    "roles/iam.serviceAccountAdmin",
    "roles/iam.serviceAccountUser",
    "roles/iam.workloadIdentityPoolAdmin",
    "roles/logging.configWriter",
    "roles/monitoring.admin",
    "roles/pubsub.admin",
    "roles/resourcemanager.projectIamAdmin",
    "roles/run.admin",
    "roles/secretmanager.admin",
    "roles/serviceusage.serviceUsageAdmin",
    "roles/storage.admin",
  ])
}

resource "google_iam_workload_identity_pool" "github" {
  project                   = var.project_id
  workload_identity_pool_id = "github"
  display_name              = "GitHub Actions"
  description               = "Workflows of one repository; no key exists."

  depends_on = [google_project_service.this]
}

# Every workflow of the repository, pull requests included: reading only.
resource "google_iam_workload_identity_pool_provider" "github_plan" {
  project                            = var.project_id
  workload_identity_pool_id          = google_iam_workload_identity_pool.github.workload_identity_pool_id
  workload_identity_pool_provider_id = "plan"
  display_name                       = "Plans"
  attribute_mapping = {
    "google.subject"          = "assertion.sub"
    "attribute.repository_id" = "assertion.repository_id"
  }
  attribute_condition = local.repository

  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}

# Jobs of this environment alone, and prod's from a tag: a workflow that a branch has changed is not believed, whatever
# environment it names. Only this provider maps the environment, so a plan's token never carries it.
resource "google_iam_workload_identity_pool_provider" "github_deploy" {
  project                            = var.project_id
  workload_identity_pool_id          = google_iam_workload_identity_pool.github.workload_identity_pool_id
  workload_identity_pool_provider_id = "deploy"
  display_name                       = "Deployments to ${var.environment}"
  attribute_mapping = {
    "google.subject"        = "assertion.sub"
    "attribute.environment" = "assertion.environment"
  }
  attribute_condition = join(" && ", concat(
    [local.repository, "assertion.environment == \"${var.environment}\""],
    var.environment == "prod" ? ["assertion.ref_type == \"tag\""] : [],
  ))

  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}

resource "google_service_account" "ci" {
  for_each = {
    ci-plan   = "Reads for plans."
    ci-watch  = "Reads for reports of drift, backups and credentials."
    ci-deploy = "Applies plans and deploys functions."
  }

  project      = var.project_id
  account_id   = each.key
  display_name = each.key
  description  = each.value

  depends_on = [google_project_service.this]
}

resource "google_service_account_iam_member" "ci_plan" {
  service_account_id = google_service_account.ci["ci-plan"].name
  role               = "roles/iam.workloadIdentityUser"
  member             = "${local.workflows}/attribute.repository_id/${var.github.repository_id}"
}

resource "google_service_account_iam_member" "ci_deploy" {
  service_account_id = google_service_account.ci["ci-deploy"].name
  role               = "roles/iam.workloadIdentityUser"
  member             = "${local.workflows}/attribute.environment/${var.environment}"
}

resource "google_project_iam_custom_role" "plan" {
  project     = var.project_id
  role_id     = "innkeeperPlan"
  title       = "Plans of Terraform"
  description = "Reads what infrastructure there is; no document, no message, no value of a secret."
  permissions = local.plan_permissions

  depends_on = [google_project_service.this]
}

resource "google_project_iam_member" "ci_plan" {
  project = var.project_id
  role    = google_project_iam_custom_role.plan.id
  member  = google_service_account.ci["ci-plan"].member
}

resource "google_project_iam_member" "ci_deploy" {
  for_each = local.deploy_roles

  project = var.project_id
  role    = each.key
  member  = google_service_account.ci["ci-deploy"].member
}

# The state holds what every resource knows: three identities read it, one of them writes it. Plans of pull requests
# therefore go without the lock (`-lock=false`): whoever can take it can also overwrite what it guards.
resource "google_storage_bucket_iam_member" "state" {
  for_each = {
    ci-plan   = "roles/storage.objectViewer"
    ci-watch  = "roles/storage.objectViewer"
    ci-deploy = "roles/storage.objectAdmin"
  }

  bucket = var.state_bucket
  role   = each.value
  member = google_service_account.ci[each.key].member
}
