variables {
  project_id     = "innkeeper-staging"
  project_number = "123456789012"
  environment    = "staging"
  region         = "europe-west3"
  databases      = { business = "(default)", ops = "ops" }
  state_bucket   = "innkeeper-staging-tfstate"
  worker_issuer  = "https://workers.innkeeper-staging.example"
  worker_keys = {
    guesty-webhook = "{\"keys\":[{\"kty\":\"EC\",\"alg\":\"ES256\",\"kid\":\"k1\",\"x\":\"x\",\"y\":\"y\"}]}"
    llm-query      = "{\"keys\":[{\"kty\":\"EC\",\"alg\":\"ES256\",\"kid\":\"k2\",\"x\":\"x\",\"y\":\"y\"}]}"
    log-forwarder  = "{\"keys\":[{\"kty\":\"EC\",\"alg\":\"ES256\",\"kid\":\"k3\",\"x\":\"x\",\"y\":\"y\"}]}"
  }
  github    = { repository_id = "123456", repository_owner_id = "654321" }
  operators = ["group:operators@innkeeper.example"]
}

run "what_runs_on_the_swarm_has_an_account_and_both_databases" {
  command = plan

  assert {
    condition = alltrue([
      for key in ["mongo-listener/business", "mongo-listener/ops", "sync-app/business", "sync-app/ops"] :
      contains(keys(google_project_iam_member.databases), key)
    ])
    error_message = "The listener or `innkeeper` on the first server would be refused."
  }
}

run "a_worker_reaches_business_data_alone_and_only_as_itself" {
  command = plan

  assert {
    condition = alltrue([
      for name, grant in google_project_iam_member.databases :
      endswith(name, "/business")
      && grant.condition[0].expression == "resource.name == \"projects/innkeeper-staging/databases/(default)\""
      if startswith(name, "worker-")
    ])
    error_message = "A Worker reaches another database than the one of business data."
  }
  assert {
    condition = (
      google_iam_workload_identity_pool_provider.workers["llm-query"].attribute_condition
      == "assertion.sub == \"llm-query\""
    )
    error_message = "A Worker's provider believes other subjects than the Worker."
  }
  assert {
    condition = (
      output.workload_identity["llm-query"].audience
      == join("/", [
        "//iam.googleapis.com/projects/123456789012/locations/global",
        "workloadIdentityPools/innkeeper/providers/llm-query",
      ])
    )
    error_message = "The audience is not the full name of the Worker's provider."
  }
}

run "the_worker_that_hands_logs_on_writes_them_and_reaches_no_data" {
  command = plan

  assert {
    condition = (
      google_project_iam_member.log_forwarder[0].role == "roles/logging.logWriter"
      && endswith(google_project_iam_member.log_forwarder[0].member, "/innkeeper/subject/log-forwarder")
    )
    error_message = "The log forwarder may not write logs, or is another subject."
  }
  assert {
    condition = alltrue([
      for name in keys(google_project_iam_member.databases) : !startswith(name, "worker-log-forwarder/")
    ])
    error_message = "The log forwarder reaches a database."
  }
}

run "workflows_are_told_by_numbers_and_environment" {
  command = plan

  assert {
    condition = alltrue([
      for condition in [
        google_iam_workload_identity_pool_provider.github_plan.attribute_condition,
        google_iam_workload_identity_pool_provider.github_deploy.attribute_condition,
      ] : strcontains(condition, "assertion.repository_id == \"123456\" && assertion.repository_owner_id == \"654321\"")
    ])
    error_message = "A workflow of another repository would be believed."
  }
  assert {
    condition = strcontains(
      google_iam_workload_identity_pool_provider.github_deploy.attribute_condition,
      "assertion.environment == \"staging\"",
    )
    error_message = "A job outside of the environment would be allowed to deploy."
  }
  assert {
    condition     = endswith(google_service_account_iam_member.ci_deploy.member, "/attribute.environment/staging")
    error_message = "Deployments are not bound to the environment."
  }
}

run "prod_is_deployed_from_a_tag_and_by_no_branch" {
  command = plan
  variables { environment = "prod" }

  assert {
    condition = endswith(
      google_iam_workload_identity_pool_provider.github_deploy.attribute_condition,
      "assertion.environment == \"prod\" && assertion.ref_type == \"tag\"",
    )
    error_message = "A branch could deploy to prod by naming its environment."
  }
}

run "only_jobs_on_main_watch_and_they_change_nothing" {
  command = plan

  assert {
    condition = alltrue([
      for part in [
        "assertion.repository_id == \"123456\"",
        "assertion.environment == \"staging-watch\"",
        "assertion.ref == \"refs/heads/main\"",
      ] :
      strcontains(google_iam_workload_identity_pool_provider.github_watch.attribute_condition, part)
    ])
    error_message = "A branch or another environment could watch."
  }
  assert {
    condition     = endswith(google_service_account_iam_member.ci_watch.member, "/attribute.environment/staging-watch")
    error_message = "Who watches is not bound to the environment."
  }
  assert {
    condition = (
      google_storage_bucket_iam_member.state["ci-watch"].role == "roles/storage.objectViewer"
      && google_kms_crypto_key_iam_member.sops_watch.role == "roles/cloudkms.cryptoKeyDecrypter"
      && google_project_iam_member.ci_watch["secrets"].role == "roles/secretmanager.viewer"
      && length(google_project_iam_member.ci_watch) == 2
    )
    error_message = "Who watches could change something, or read the values of secrets."
  }
  assert {
    condition     = endswith(google_project_iam_member.ci_watch_ops.condition[0].expression, "/databases/ops\"")
    error_message = "Who watches reads guests."
  }
}

run "a_pull_request_sees_infrastructure_and_no_data" {
  command = plan

  assert {
    condition = alltrue([
      for permission in google_project_iam_custom_role.plan.permissions :
      can(regex("\\.(get|getAttestationRules|getMetadata|getIamPolicy|list|use)$", permission))
      && !can(regex("entities|versions|messages", permission))
    ])
    error_message = "A plan may change something, or read documents, messages or secrets."
  }
  assert {
    condition     = google_storage_bucket_iam_member.state["ci-plan"].role == "roles/storage.objectViewer"
    error_message = "A plan could overwrite the state."
  }
}

run "nobody_has_a_basic_role_through_here" {
  command = plan

  assert {
    condition = alltrue([
      for role in concat(
        [for grant in google_project_iam_member.ci_deploy : grant.role],
        [for grant in google_project_iam_member.operators : grant.role],
      ) : !contains(["roles/owner", "roles/editor", "roles/viewer"], role)
    ])
    error_message = "An identity is owner, editor or viewer of the project, and so of every bucket in it."
  }
}

run "a_private_key_names_for_numbers_everybody_and_one_database_for_all_are_refused" {
  command = plan
  variables {
    worker_keys = {
      llm-query = "{\"keys\":[{\"kty\":\"EC\",\"alg\":\"ES256\",\"kid\":\"k\",\"x\":\"x\",\"y\":\"y\",\"d\":\"d\"}]}"
    }
    github    = { repository_id = "innkeeper", repository_owner_id = "654321" }
    operators = ["allUsers"]
    databases = { business = "(default)", ops = "(default)" }
  }
  expect_failures = [var.worker_keys, var.github, var.operators, var.databases]
}

run "keys_that_are_no_jwks_are_refused" {
  command = plan
  variables { worker_keys = { llm-query = "{}" } }
  expect_failures = [var.worker_keys]
}

run "a_worker_that_does_not_reach_google_is_refused" {
  command = plan
  variables { worker_keys = { backup-vault = "{\"keys\":[{\"kty\":\"EC\",\"alg\":\"ES256\",\"kid\":\"k\"}]}" } }
  expect_failures = [var.worker_keys]
}
