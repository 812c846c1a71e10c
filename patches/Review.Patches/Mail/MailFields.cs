namespace Review.Patches.Mail;

/// <summary>The three fields that make a commit, decoded as byte text of UTF-8; null where a mail has none.</summary>
internal sealed record MailFields(string? From = null, string? Subject = null, string? Date = null)
{
    /// <summary>The fields with one of them set.</summary>
    /// <param name="name">Its name, in any case.</param>
    /// <param name="value">Its value.</param>
    /// <param name="onlyIfMissing">True to leave one that is there.</param>
    public MailFields With(string name, string value, bool onlyIfMissing) => name.ToUpperInvariant() switch
    {
        "FROM" => this with { From = onlyIfMissing ? From ?? value : value },
        "SUBJECT" => this with { Subject = onlyIfMissing ? Subject ?? value : value },
        _ => this with { Date = onlyIfMissing ? Date ?? value : value },
    };

    /// <summary>These fields where the other ones are missing.</summary>
    public MailFields OverriddenBy(MailFields other) => new(other.From ?? From, other.Subject ?? Subject, other.Date ?? Date);
}
