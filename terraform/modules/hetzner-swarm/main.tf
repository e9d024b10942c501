locals {
  labels = { project = "innkeeper", environment = var.environment, role = "swarm" }
}

# Each node on another physical host, so that one failing host takes one manager.
resource "hcloud_placement_group" "this" {
  name   = "innkeeper-${var.environment}-swarm"
  type   = "spread"
  labels = local.labels
}

resource "hcloud_ssh_key" "operators" {
  for_each = var.ssh_keys

  name       = "innkeeper-${var.environment}-${each.key}"
  public_key = each.value
  labels     = local.labels
}

resource "hcloud_server" "nodes" {
  for_each = var.nodes

  name               = each.key
  server_type        = var.server_type
  image              = var.image
  location           = coalesce(each.value.location, var.location)
  placement_group_id = hcloud_placement_group.this.id
  firewall_ids       = [var.firewall_id]
  ssh_keys           = sort([for key in hcloud_ssh_key.operators : key.name])
  backups            = var.disk_backups
  # Databases lie on the nodes' own disks.
  delete_protection        = true
  rebuild_protection       = true
  shutdown_before_deletion = true
  labels                   = merge(local.labels, { node = each.key })

  public_net {
    ipv4_enabled = true
    ipv6_enabled = true
  }

  lifecycle {
    prevent_destroy = true
    # Three of these would replace a node with its data, and a new one costs today's price; Ansible keeps what they set.
    # Another server type would power all nodes off at once: a person rescales them, one after the other.
    ignore_changes = [image, server_type, ssh_keys, user_data]
  }
}

# Not a `network` block of the server: every apply would take the node off its network and on again (issue 650 of the
# provider), and an attachment that fails would mark the server with its disk for replacement.
resource "hcloud_server_network" "nodes" {
  for_each = var.nodes

  server_id = hcloud_server.nodes[each.key].id
  subnet_id = var.nodes_subnet_id
  ip        = each.value.ip

  lifecycle {
    # Swarm, replica set and filers know a node by its address.
    prevent_destroy = true
  }
}
