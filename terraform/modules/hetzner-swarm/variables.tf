variable "environment" {
  description = "Environment whose Swarm this is; part of every name and label."
  type        = string

  validation {
    condition     = contains(["dev", "staging", "prod"], var.environment)
    error_message = "The environment must be dev, staging or prod."
  }
}

variable "nodes" {
  description = "Nodes by host name, each manager and worker: fixed private `ip`; `location` where it differs."
  type = map(object({
    ip       = string
    location = optional(string)
  }))

  validation {
    condition     = length(var.nodes) >= 3 && length(var.nodes) <= 9 && length(var.nodes) % 2 == 1
    error_message = "A Swarm needs 3, 5, 7 or 9 managers: an even number survives no more losses than one less."
  }

  validation {
    condition     = alltrue([for name in keys(var.nodes) : can(regex("^[a-z][a-z0-9-]{0,61}[a-z0-9]$", name))])
    error_message = "A node's name must be a host name in lower case, such as innkeeper-prod-1."
  }

  validation {
    condition     = length(distinct([for node in var.nodes : node.ip])) == length(var.nodes)
    error_message = "Two nodes have the same private address."
  }

  validation {
    condition = alltrue([for node in var.nodes : try(
      cidrhost("${node.ip}/${split("/", var.nodes_ip_range)[1]}", 0) == cidrhost(var.nodes_ip_range, 0)
      && node.ip != cidrhost(var.nodes_ip_range, 0) && node.ip != cidrhost(var.nodes_ip_range, 1),
      false,
    )])
    error_message = "A node's address must lie in the nodes' subnet, behind its first one, which is Hetzner's gateway."
  }

  validation {
    condition = alltrue([
      for node in var.nodes : contains(["fsn1", "nbg1", "hel1"], coalesce(node.location, "fsn1"))
    ])
    error_message = "A node's location must be fsn1, nbg1 or hel1 (Hetzner's places in the zone eu-central)."
  }
}

variable "location" {
  description = "Where nodes stand that name no place of their own."
  type        = string

  validation {
    condition     = contains(["fsn1", "nbg1", "hel1"], var.location)
    error_message = "The location must be fsn1, nbg1 or hel1 (Hetzner's places in the zone eu-central)."
  }
}

variable "server_type" {
  description = "Hetzner's server type, x86, of nodes to come. What is to be had changes: `hcloud server-type list`."
  type        = string

  validation {
    condition     = can(regex("^(cx[2-9]3|cpx[1-9]2|ccx[1-9]3)$", var.server_type))
    error_message = "The server type must be one of today's x86 types: cx23 to cx53, cpx12 to cpx62, ccx13 to ccx63."
  }
}

variable "image" {
  description = "Image a node is made from. A change later does nothing to nodes that exist."
  type        = string
  default     = "debian-12"

  validation {
    condition     = var.image != "" && !strcontains(var.image, "latest")
    error_message = "The image must be named, such as debian-12."
  }
}

variable "ssh_keys" {
  description = "Public SSH keys by name, for new nodes; Ansible keeps those of nodes that exist."
  type        = map(string)

  validation {
    condition     = length(var.ssh_keys) > 0
    error_message = "At least one SSH key is needed: without one Hetzner makes up a root password and mails it."
  }

  validation {
    condition = alltrue([
      for key in values(var.ssh_keys) :
      can(regex("^(ssh-ed25519|sk-ssh-ed25519@openssh\\.com) [A-Za-z0-9+/=]+( .*)?$", key))
    ])
    error_message = "SSH keys must be public Ed25519 keys (ssh-ed25519 AAAA…)."
  }
}

variable "nodes_subnet_id" {
  description = "Subnet of the nodes, of the module hetzner-network."
  type        = string
}

variable "nodes_ip_range" {
  description = "Range of that subnet."
  type        = string

  validation {
    condition     = can(cidrnetmask(var.nodes_ip_range))
    error_message = "The nodes' subnet must be an IPv4 range in CIDR form."
  }
}

variable "firewall_id" {
  description = "Firewall in front of the nodes' public addresses, of the module hetzner-network."
  type        = string
}

variable "disk_backups" {
  description = "Whether Hetzner keeps seven daily images of each disk, for a fifth of the price."
  type        = bool
  default     = false
}
