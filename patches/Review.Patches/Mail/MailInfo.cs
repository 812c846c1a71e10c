namespace Review.Patches.Mail;

/// <summary>A mail as git-mailinfo(1) reads it, with its default options: what <c>git am</c> would commit.</summary>
public sealed record MailInfo
{
    /// <summary>The author's name.</summary>
    public string Author { get; init; } = "";

    /// <summary>The author's address.</summary>
    public string Email { get; init; } = "";

    /// <summary>The first line of the commit message.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The date as written in the mail.</summary>
    public string Date { get; init; } = "";

    /// <summary>The commit message below its subject, as bytes of UTF-8.</summary>
    public ReadOnlyMemory<byte> MessageBytes { get; init; }

    /// <summary>The commit message below its subject.</summary>
    public string Message => System.Text.Encoding.UTF8.GetString(MessageBytes.Span);

    /// <summary>What is handed to git-apply(1): everything from the line that ends the message, in the bytes of the mail.</summary>
    public ReadOnlyMemory<byte> Patch { get; init; }

    /// <summary>Why git refuses the mail: lower case, no full stop; null if it does not.</summary>
    public string? Refusal { get; init; }

    /// <summary>True for format=flowed (RFC 3676), in which git joins lines that a patch must not lose.</summary>
    public bool IsFlowed { get; init; }

    /// <summary>The whole text of the mail for people: message and patch together.</summary>
    public string Body { get; init; } = "";
}
