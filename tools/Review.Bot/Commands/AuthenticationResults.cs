using System.Text;
using Review.Patches.Mail;

namespace Review.Bot.Commands;

/// <summary>
/// What the receiving server says about a mail (RFC 8601). Anybody can write such a field, so only those count that name our own server and stand above the first Received field: our server
/// put them there, and strangers' copies lie below.
/// </summary>
public static class AuthenticationResults
{
    /// <summary>True if the server vouches, by DKIM, for the domain of the mail's sender.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="server">The server's authserv-id; null if none is trusted.</param>
    public static bool Vouch(MailMessage mail, string? server)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return server is not null
            && mail.From?.Address.Split('@') is [_, { Length: > 0 } domain]
            && mail.Values("Authentication-Results", above: "Received").Any(field => Vouches(field, server, domain));
    }

    private static bool Vouches(string field, string server, string domain)
    {
        var parts = WithoutComments(field).Split(';');
        return parts[0].Split(' ', '\t') is [var id, ..] && id.Equals(server, StringComparison.OrdinalIgnoreCase) && parts.Skip(1).Any(part => Passes(part, domain));
    }

    private static bool Passes(string result, string domain)
    {
        var words = result.Split((char[])[' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return words is [var method, .. var properties]
            && method.Equals("dkim=pass", StringComparison.OrdinalIgnoreCase)
            && properties.Any(property => property.Split('=', 2) is [var name, var value]
                && (name.Equals("header.d", StringComparison.OrdinalIgnoreCase) || name.Equals("header.i", StringComparison.OrdinalIgnoreCase))
                && value[(value.LastIndexOf('@') + 1)..].Equals(domain, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The field without comments; what is quoted becomes a word of its own that says nothing.</summary>
    private static string WithoutComments(string field)
    {
        var text = new StringBuilder();
        var depth = 0;
        var isQuoted = false;
        for (var i = 0; i < field.Length; i++)
        {
            var c = field[i];
            if (c == '\\')
            {
                i++;
            }
            else if (isQuoted || (c == '"' && depth == 0))
            {
                isQuoted = c == '"' ? !isQuoted : isQuoted;
            }
            else if (c is '(' or ')')
            {
                depth = Math.Max(0, depth + (c == '(' ? 1 : -1));
            }
            else if (depth == 0)
            {
                _ = text.Append(c is '\r' or '\n' ? ' ' : c);
            }
        }

        return text.ToString().Trim();
    }
}
