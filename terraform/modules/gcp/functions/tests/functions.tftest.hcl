variables {
  project_id     = "innkeeper-staging"
  project_number = "123456789012"
  region         = "europe-west3"
  trigger_region = "europe-west3"
  databases      = { business = "(default)", ops = "ops" }
  functions      = jsondecode(file("../../../../functions/manifest.json"))
  is_deployed    = true
  state_bucket   = "innkeeper-staging-tfstate"
  invokers = {
    scheduler   = "scheduler@innkeeper-staging.iam.gserviceaccount.com"
    pubsub-push = "pubsub-push@innkeeper-staging.iam.gserviceaccount.com"
  }
}

run "each_function_has_an_identity_and_only_its_databases" {
  command = plan

  assert {
    condition     = length(google_service_account.functions) == 8
    error_message = "Each of the eight functions has an account of its own."
  }
  assert {
    condition = alltrue([
      for key, grant in google_project_iam_member.databases :
      endswith(
        grant.condition[0].expression,
        contains(["launch", "sweep", "exchange", "report"], split("/", key)[0])
        ? "/databases/ops\"" : "/databases/(default)\"",
      )
    ])
    error_message = "A function reaches a database that it has no business in."
  }
  assert {
    condition     = keys(google_project_iam_member.database_backups) == ["exchange"]
    error_message = "Only exchange looks at Firestore's backups."
  }
}

run "a_function_reads_its_own_secrets_alone" {
  command = plan

  assert {
    condition = alltrue([
      for key in keys(google_secret_manager_secret_iam_member.functions) :
      contains(["launch", "sweep", "exchange", "report"], split("/", key)[0])
      ? !startswith(split("/", key)[1], "qdrant")
      : contains(["embeddings-api-key", "qdrant-api-key-write"], split("/", key)[1])
    ])
    error_message = "A function reads a secret of another one."
  }
  assert {
    condition     = alltrue([for secret in google_secret_manager_secret.this : secret.deletion_protection])
    error_message = "A secret can be deleted."
  }
}

run "only_the_backup_server_s_functions_are_public" {
  command = plan

  assert {
    condition = toset([
      for name in ["launch", "sweep", "exchange", "report", "chat", "chat-dead"] :
      name if google_cloud_run_v2_service_iam_member.invokers[name].member == "allUsers"
    ]) == toset(["exchange", "report"])
    error_message = "Another function than exchange and report can be called by anybody."
  }
  assert {
    condition = (
      google_cloud_run_v2_service_iam_member.invokers["chat"].member
      == "serviceAccount:pubsub-push@innkeeper-staging.iam.gserviceaccount.com"
    )
    error_message = "Pub/Sub may not push to chat."
  }
  assert {
    condition     = output.urls["chat-dead"] == "https://chat-dead-123456789012.europe-west3.run.app"
    error_message = "The address of a function does not follow from its name."
  }
}

run "before_the_first_deployment_nobody_is_allowed_anything" {
  command = plan
  variables { is_deployed = false }

  assert {
    condition     = length(google_cloud_run_v2_service_iam_member.invokers) == 0
    error_message = "A right on a service that does not exist would fail the first apply."
  }
}

run "a_function_that_joins_later_is_deployed_before_it_is_given_callers" {
  command = plan
  variables { functions_to_come = ["chat-dead"] }

  assert {
    condition = (
      length(google_cloud_run_v2_service_iam_member.invokers) == 7
      && !contains(keys(google_cloud_run_v2_service_iam_member.invokers), "chat-dead")
    )
    error_message = "The apply before its deployment would fail, and that of the others' rights must not wait."
  }
  assert {
    condition     = contains(keys(google_service_account.functions), "chat-dead")
    error_message = "Its deployment needs its account."
  }
}

run "a_function_to_come_that_nobody_wrote_is_refused" {
  command = plan
  variables { functions_to_come = ["chat-undead"] }
  expect_failures = [var.functions_to_come]
}

run "firestore_s_events_arrive_and_builds_do_not_read_the_state" {
  command = plan

  assert {
    condition = (
      google_service_account_iam_member.event_tokens.member
      == "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com"
    )
    error_message = "Pub/Sub could not sign what it pushes for Eventarc."
  }
  assert {
    condition = (
      google_project_iam_member.build["roles/storage.objectViewer"].condition[0].expression
      == "!resource.name.startsWith(\"projects/_/buckets/innkeeper-staging-tfstate\")"
    )
    error_message = "A build could read Terraform's state."
  }
}

run "nothing_is_kept_warm_above_the_cap" {
  command = plan
  variables { min_instances_cap = 0 }

  assert {
    condition     = alltrue([for count in values(output.min_instances) : count == 0])
    error_message = "An instance is kept warm although the cap says none."
  }
}

run "functions_away_from_their_triggers_are_refused" {
  command = plan
  variables { region = "europe-west1" }
  expect_failures = [var.region]
}

run "a_private_function_open_to_the_internet_is_refused" {
  command = plan
  variables {
    functions = {
      chat = merge(jsondecode(file("../../../../functions/manifest.json"))["chat"], { ingress = "ALLOW_ALL" })
    }
  }
  expect_failures = [var.functions]
}

run "a_public_function_without_a_bound_is_refused" {
  command = plan
  variables {
    functions = {
      report = merge(jsondecode(file("../../../../functions/manifest.json"))["report"], { maxInstances = 100 })
    }
  }
  expect_failures = [var.functions]
}

run "many_requests_on_half_a_processor_are_refused" {
  command = plan
  variables {
    functions = {
      chat = merge(jsondecode(file("../../../../functions/manifest.json"))["chat"], { cpu = 0.5 })
    }
  }
  expect_failures = [var.functions]
}

run "a_trigger_without_a_document_is_refused" {
  command = plan
  variables {
    functions = {
      records = merge(
        jsondecode(file("../../../../functions/manifest.json"))["records"],
        { trigger = { kind = "firestore", invoker = "eventarc", database = "business" } },
      )
    }
  }
  expect_failures = [var.functions]
}

run "an_optional_secret_that_is_none_of_the_function_s_is_refused" {
  command = plan
  variables {
    functions = {
      launch = merge(
        jsondecode(file("../../../../functions/manifest.json"))["launch"],
        { optionalSecrets = ["DEAD_MAN_ADDRESS"] },
      )
    }
  }
  expect_failures = [var.functions]
}
