output "topics" {
  description = "Names of the topics: `CHAT_TOPIC_LIVE`, `CHAT_TOPIC_BACKFILL`, and the one for dead letters."
  value       = { for name, topic in google_pubsub_topic.this : name => topic.name }
}

output "subscriptions" {
  description = "Names of the subscriptions, for alerts, and whether each has dead letters."
  value = {
    for name in keys(local.subscriptions) : name => { has_dead_letters = contains(keys(local.pushed), name) }
  }
}

output "push_service_account" {
  description = "Address of the account that pushes; it needs roles/run.invoker on the functions chat and chat-dead."
  value       = google_service_account.push.email
}
