using Review.Patches.Mail;

namespace Review.Bot.Configuration;

/// <summary>Reads an address as people write it.</summary>
internal static class MailboxReader
{
    /// <summary>The address; null if it is none, or holds what does not belong into a mail's header.</summary>
    public static Mailbox? Read(string text)
    {
        var open = text.IndexOf('<', StringComparison.Ordinal);
        var (name, address) = open >= 0 && text.EndsWith('>') ? (text[..open].Trim().Trim('"'), text[(open + 1)..^1].Trim()) : ("", text.Trim());
        return IsAddress(address) && !name.Any(char.IsControl) ? new Mailbox(name, address) : null;
    }

    /// <summary>True for <c>name@host</c>, all of it printable ASCII.</summary>
    public static bool IsAddress(string text) =>
        text.Length < 250 && text.Split('@') is [{ Length: > 0 }, { Length: > 0 }] && text.All(static c => c is > ' ' and < '\x7f' and not ('<' or '>' or ',' or ';' or '"' or '(' or ')' or '\\'));
}
