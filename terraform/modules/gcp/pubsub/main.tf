locals {
  # Names as in `CHAT_TOPICS` of packages/shared/src/contracts/chat-change.ts.
  topics = toset(["chat-live", "chat-backfill", "chat-dead"])

  # Seven days: a weekend in which nobody looks, and then some.
  retention = "604800s"

  # Live changes have a subscription of their own, so that what happens now never waits behind what is filled in.
  pushed = {
    vectorize-chat-live     = { topic = "chat-live", endpoint = "chat", minimum_backoff = "1s" }
    vectorize-chat-backfill = { topic = "chat-backfill", endpoint = "chat", minimum_backoff = "1s" }
  }
  dead = {
    vectorize-chat-dead = { topic = "chat-dead", endpoint = "chat-dead", minimum_backoff = "10s" }
  }
  subscriptions = merge(local.pushed, local.dead)

  service_agent = "serviceAccount:service-${var.project_number}@gcp-sa-pubsub.iam.gserviceaccount.com"
}

resource "google_pubsub_topic" "this" {
  for_each = local.topics

  project                    = var.project_id
  name                       = each.key
  message_retention_duration = local.retention
  labels                     = { project = "innkeeper" }

  # Otherwise they are kept wherever whoever publishes happens to be near.
  message_storage_policy {
    allowed_persistence_regions = [var.region]
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_service_account" "push" {
  project      = var.project_id
  account_id   = "pubsub-push"
  display_name = "Pub/Sub push"
  description  = "Calls the functions chat and chat-dead, and nothing else."
}

resource "google_pubsub_subscription" "this" {
  for_each = local.subscriptions

  project                    = var.project_id
  name                       = each.key
  topic                      = google_pubsub_topic.this[each.value.topic].id
  ack_deadline_seconds       = 60
  message_retention_duration = local.retention
  labels                     = { project = "innkeeper" }

  push_config {
    push_endpoint = var.endpoints[each.value.endpoint]

    oidc_token {
      service_account_email = google_service_account.push.email
      audience              = trimsuffix(var.endpoints[each.value.endpoint], "/")
    }
  }

  retry_policy {
    minimum_backoff = each.value.minimum_backoff
    maximum_backoff = "600s"
  }

  # A subscription nobody uses for a month would go by itself, and what is published afterwards with it.
  expiration_policy {
    ttl = ""
  }

  # What is dead already goes nowhere else: it is pushed until the retention is over, and an alert counts it.
  dynamic "dead_letter_policy" {
    for_each = contains(keys(local.pushed), each.key) ? [var.max_delivery_attempts] : []
    content {
      dead_letter_topic     = google_pubsub_topic.this["chat-dead"].id
      max_delivery_attempts = dead_letter_policy.value
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}
