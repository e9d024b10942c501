variables {
  project_id     = "innkeeper-staging"
  project_number = "123456789012"
  region         = "europe-west3"
  endpoints = {
    chat      = "https://chat-123456789012.europe-west3.run.app"
    chat-dead = "https://chat-dead-123456789012.europe-west3.run.app"
  }
  live_publishers     = { listener = "serviceAccount:mongo-listener@innkeeper-staging.iam.gserviceaccount.com" }
  backfill_publishers = { listener = "serviceAccount:mongo-listener@innkeeper-staging.iam.gserviceaccount.com" }
}

run "changes_are_pushed_with_a_token_and_end_in_the_dead_letters" {
  command = plan

  assert {
    condition = (
      toset(keys(google_pubsub_subscription.this))
      == toset(["vectorize-chat-live", "vectorize-chat-backfill", "vectorize-chat-dead"])
    )
    error_message = "The subscriptions are not those of functions/vectorize."
  }
  assert {
    condition = alltrue([
      for name in ["vectorize-chat-live", "vectorize-chat-backfill"] :
      google_pubsub_subscription.this[name].dead_letter_policy[0].max_delivery_attempts == 100
    ])
    error_message = "A subscription of changes has no dead letters."
  }
  assert {
    condition = alltrue([
      for topic in google_pubsub_topic.this :
      topic.message_storage_policy[0].allowed_persistence_regions == toset(["europe-west3"])
    ])
    error_message = "Texts of people could be kept outside of the region."
  }
  assert {
    condition     = length(google_pubsub_subscription.this["vectorize-chat-dead"].dead_letter_policy) == 0
    error_message = "Dead letters must not go round in a circle."
  }
  assert {
    condition = alltrue([
      for subscription in google_pubsub_subscription.this :
      subscription.push_config[0].oidc_token[0].audience == subscription.push_config[0].push_endpoint
      && subscription.expiration_policy[0].ttl == "" && subscription.message_retention_duration == "604800s"
    ])
    error_message = "A subscription pushes without the function's audience, expires, or forgets too early."
  }
}

run "pubsub_itself_may_move_dead_letters" {
  command = plan

  assert {
    condition = (
      google_pubsub_topic_iam_member.dead_letters.member
      == "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com"
    )
    error_message = "Pub/Sub's own account may not publish dead letters."
  }
  assert {
    condition     = length(google_pubsub_subscription_iam_member.dead_letters) == 2
    error_message = "Pub/Sub's own account may not take dead letters out of a subscription."
  }
}

run "everybody_as_a_publisher_is_refused" {
  command = plan
  variables { live_publishers = { everybody = "allUsers" } }
  expect_failures = [var.live_publishers]
}

run "an_endpoint_without_encryption_is_refused" {
  command = plan
  variables {
    endpoints = {
      chat      = "http://chat.example"
      chat-dead = "https://chat-dead.example"
    }
  }
  expect_failures = [var.endpoints]
}

run "attempts_google_does_not_take_are_refused" {
  command = plan
  variables { max_delivery_attempts = 101 }
  expect_failures = [var.max_delivery_attempts]
}

run "a_project_name_for_its_number_is_refused" {
  command = plan
  variables { project_number = "innkeeper" }
  expect_failures = [var.project_number]
}
