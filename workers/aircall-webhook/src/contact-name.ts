interface NamedContact {
  readonly first_name?: string | null | undefined;
  readonly last_name?: string | null | undefined;
  readonly company_name?: string | null | undefined;
}

/** The name a person would say, the company's where nobody is named; nothing for Aircall's empty contact. Pure. */
export function contactName(contact: NamedContact | null | undefined): string | undefined {
  const person = [contact?.first_name, contact?.last_name].filter(Boolean).join(' ').trim();
  return person || contact?.company_name?.trim() || undefined;
}
