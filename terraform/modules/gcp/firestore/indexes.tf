locals {
  # What no single-field index serves. Every other query of the product filters by equality and orders by name, or
  # filters and orders by one field; Firestore indexes those by itself.
  composite_indexes = {
    # workers/llm-query: bookings that changed since the last round of announcements.
    records-kind-received = {
      collection = "records"
      fields     = [{ path = "kind", order = "ASCENDING" }, { path = "receivedAt", order = "ASCENDING" }]
    }
    # functions/vectorize and services/sync-app: guests who share a telephone number.
    phone-links-kind-numbers = {
      collection = "phoneLinks"
      fields     = [{ path = "kind", order = "ASCENDING" }, { path = "numbers", array = true }]
    }
  }

  # Fields with a timestamp at which Firestore removes the document, by database and collection. Their index would only
  # concentrate writes of one moment on one place, and nobody queries them.
  expiring = {
    events  = { database = "business", collection = "events", field = "expireAt" }
    reports = { database = "business", collection = "reports", field = "expireAt" }
  }

  # Large, never queried, or people's words: not indexed, which makes their writes smaller and faster. What holds for a
  # map holds for everything in it, but for what `queried_in_maps` names.
  unindexed = {
    records-facts         = { database = "business", collection = "records", field = "facts" }
    events-payload        = { database = "business", collection = "events", field = "payload" }
    interactions-question = { database = "business", collection = "interactions", field = "question" }
    interactions-answer   = { database = "business", collection = "interactions", field = "answer" }
    interactions-plan     = { database = "business", collection = "interactions", field = "plan" }
    interactions-sources  = { database = "business", collection = "interactions", field = "sources" }
    interactions-timings  = { database = "business", collection = "interactions", field = "timings" }
    reports-examples      = { database = "business", collection = "reports", field = "examples" }
    chat-access-rooms     = { database = "business", collection = "chatAccess", field = "rooms" }
    chat-access-user      = { database = "business", collection = "chatAccess", field = "user" }
    chat-messages-text    = { database = "business", collection = "chatMessages", field = "text" }
    backups-outcomes      = { database = "ops", collection = "backups", field = "outcomes" }
    backups-credential    = { database = "ops", collection = "backups", field = "credential" }
    backups-told          = { database = "ops", collection = "backups", field = "told" }
    erasures-effects      = { database = "ops", collection = "erasures", field = "effects" }
  }

  # Fields that code filters or orders by (scripts/terraform/queries.test.ts compares): an exemption of one of them
  # would break the query behind it.
  queried = {
    records = [
      "deleted", "facts.guestId", "facts.listingId", "facts.reservationId", "kind", "receivedAt", "source",
    ]
    events       = ["receivedAt"]
    parked       = ["reason"]
    phoneLinks   = ["kind", "numbers"]
    reports      = ["endedAt"]
    chatRooms    = ["name"]
    interactions = ["answerMessageIds"]
    backups      = ["createdAt"]
  }

  # Those of them that lie in a map without an index.
  queried_in_maps = merge([
    for exemption in local.unindexed : {
      for field in lookup(local.queried, exemption.collection, []) :
      "${exemption.collection}/${field}" => merge(exemption, { field = field })
      if startswith(field, "${exemption.field}.")
    }
  ]...)
}

resource "google_firestore_index" "this" {
  for_each = local.composite_indexes

  project     = var.project_id
  database    = google_firestore_database.this["business"].name
  collection  = each.value.collection
  query_scope = "COLLECTION"

  dynamic "fields" {
    for_each = each.value.fields
    content {
      field_path   = fields.value.path
      order        = try(fields.value.order, null)
      array_config = try(fields.value.array, false) ? "CONTAINS" : null
    }
  }
}

resource "google_firestore_field" "expiring" {
  for_each = local.expiring

  project    = var.project_id
  database   = google_firestore_database.this[each.value.database].name
  collection = each.value.collection
  field      = each.value.field

  ttl_config {}
  index_config {}
}

resource "google_firestore_field" "unindexed" {
  for_each = local.unindexed

  project    = var.project_id
  database   = google_firestore_database.this[each.value.database].name
  collection = each.value.collection
  field      = each.value.field

  # Empty: no index of this field at all.
  index_config {}

  lifecycle {
    precondition {
      condition     = !contains(lookup(local.queried, each.value.collection, []), each.value.field)
      error_message = "${each.value.collection}.${each.value.field} is queried: without its index that query fails."
    }
  }
}

resource "google_firestore_field" "queried_in_maps" {
  for_each = local.queried_in_maps

  project    = var.project_id
  database   = google_firestore_database.this[each.value.database].name
  collection = each.value.collection
  field      = each.value.field

  index_config {
    indexes {
      order       = "ASCENDING"
      query_scope = "COLLECTION"
    }
  }
}
