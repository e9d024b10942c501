variable "environment" {
  description = "Environment whose network this is; part of every name and label."
  type        = string

  validation {
    condition     = contains(["dev", "staging", "prod"], var.environment)
    error_message = "The environment must be dev, staging or prod."
  }
}

variable "network_zone" {
  description = "Hetzner's network zone; servers of other zones cannot join the network."
  type        = string
  default     = "eu-central"

  validation {
    condition     = contains(["eu-central", "us-east", "us-west", "ap-southeast"], var.network_zone)
    error_message = "The network zone must be eu-central, us-east, us-west or ap-southeast (Hetzner's names)."
  }
}

variable "ip_range" {
  description = "Range of the whole private network."
  type        = string

  validation {
    condition = (
      can(cidrnetmask(var.ip_range))
      && can(regex("^(10\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|192\\.168\\.)", var.ip_range))
    )
    error_message = "The range of the network must be a private IPv4 range in CIDR form, such as 10.20.0.0/16."
  }

  validation {
    condition     = try(cidrhost(var.ip_range, 0) == split("/", var.ip_range)[0], false)
    error_message = "The range of the network must begin at its first address: 10.20.0.0/16, not 10.20.0.1/16."
  }
}

variable "nodes_ip_range" {
  description = "Subnet of the Swarm's nodes."
  type        = string

  validation {
    condition     = can(cidrnetmask(var.nodes_ip_range))
    error_message = "The subnet of the nodes must be an IPv4 range in CIDR form, such as 10.20.1.0/24."
  }

  validation {
    condition = try(
      cidrhost("${split("/", var.nodes_ip_range)[0]}/${split("/", var.ip_range)[1]}", 0) == cidrhost(var.ip_range, 0)
      && tonumber(split("/", var.nodes_ip_range)[1]) >= tonumber(split("/", var.ip_range)[1]),
      false,
    )
    error_message = "The subnet of the nodes must lie inside the range of the network."
  }
}

variable "backup_ip_range" {
  description = "Subnet of the backup server, which alone beside the nodes reaches filers and databases."
  type        = string

  validation {
    condition     = can(cidrnetmask(var.backup_ip_range))
    error_message = "The subnet of the backup server must be an IPv4 range in CIDR form, such as 10.20.2.0/24."
  }

  validation {
    condition = try(
      cidrhost("${split("/", var.backup_ip_range)[0]}/${split("/", var.ip_range)[1]}", 0) == cidrhost(var.ip_range, 0)
      && tonumber(split("/", var.backup_ip_range)[1]) >= tonumber(split("/", var.ip_range)[1]),
      false,
    )
    error_message = "The subnet of the backup server must lie inside the range of the network."
  }

  validation {
    # Two ranges overlap when they begin alike at the shorter of their two prefixes.
    condition = try(
      length(distinct([
        for range in [var.backup_ip_range, var.nodes_ip_range] : cidrhost(join("/", [
          split("/", range)[0],
          min(split("/", var.backup_ip_range)[1], split("/", var.nodes_ip_range)[1]),
        ]), 0)
      ])) == 2,
      false,
    )
    error_message = "The two subnets must not overlap: host firewalls tell nodes and backup server apart by address."
  }

  validation {
    # Texts of addresses sort as addresses do once each of their numbers has three digits. What is no range is refused
    # above.
    condition = try(
      join(".", [for part in split(".", cidrhost(var.nodes_ip_range, 0)) : format("%03d", part)])
      == sort([
        for range in [var.nodes_ip_range, var.backup_ip_range] :
        join(".", [for part in split(".", cidrhost(range, 0)) : format("%03d", part)])
      ])[0],
      true,
    )
    error_message = "The subnet of the backup server must lie behind the nodes': Hetzner puts its server into the last."
  }
}

variable "ssh_source_cidrs" {
  description = "Where operators and the deployment reach SSH from. Addresses, never the whole internet."
  type        = list(string)

  validation {
    condition = (
      length(var.ssh_source_cidrs) > 0
      && alltrue([for cidr in var.ssh_source_cidrs : can(cidrhost(cidr, 0))])
    )
    error_message = "SSH needs at least one source range in CIDR form, such as 203.0.113.7/32."
  }

  validation {
    condition = alltrue([
      for cidr in var.ssh_source_cidrs :
      try(tonumber(split("/", cidr)[1]) >= (strcontains(cidr, ":") ? 48 : 24), false)
    ])
    error_message = "A source range of SSH must not be wider than /24 (IPv4) or /48 (IPv6)."
  }
}

variable "web_source_cidrs" {
  description = "Where ports 80 and 443 are reached from: Cloudflare's ranges while every name is proxied."
  type        = list(string)
  default     = ["0.0.0.0/0", "::/0"]

  validation {
    condition = (
      length(var.web_source_cidrs) > 0
      && alltrue([for cidr in var.web_source_cidrs : can(cidrhost(cidr, 0))])
    )
    error_message = "Ports 80 and 443 need at least one source range in CIDR form."
  }
}
