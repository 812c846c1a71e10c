using System.Globalization;
using System.Security.Authentication;
using System.Text;
using Review.Bot.Configuration;

namespace Review.Bot.Sending;

/// <summary>
/// Sends over SMTP (RFC 5321), encrypted (RFC 3207) and signed in (RFC 4954). Until the dot that ends a mail the server has taken nothing; after it, only its answer tells, so the note that the mail is
/// being handed over is made between the two, and a bot that dies before the answer comes leaves a mail of which nobody knows.
/// </summary>
/// <param name="config">The server.</param>
/// <param name="from">The envelope's sender, to which refusals come back.</param>
/// <param name="name">How the bot introduces itself: a domain.</param>
/// <param name="password">The password; null where nobody signs in.</param>
public sealed class SmtpSender(SmtpConfig config, string from, string name, string? password) : IMailSender
{
    /// <summary>Bytes of a line, its end left out.</summary>
    private const int LongestLine = 998;

    public string Name => "smtp";

    public HandOver Hand(OutgoingMessage message, Func<bool> begin, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(begin);
        var (isConnected, hasBegun) = (false, false);
        try
        {
            var text = OnTheWire(message.Bytes);
            using var connection = SmtpConnection.Open(config, name, password);
            isConnected = true;
            Address(connection, message, text.Length);
            _ = connection.Say("DATA", 3);
            connection.Write(text);
            if (!begin())
            {
                return HandOver.NotBegun;
            }

            hasBegun = true;
            var reply = connection.EndMail();
            var result = (reply.Code / 100) switch
            {
                2 => HandOver.Done,
                5 => new HandOver(HandOverResult.Refused, reply.ToString()),
                _ => new HandOver(HandOverResult.Later, reply.ToString()),
            };
            Leave(connection);
            return result;
        }
        catch (SmtpException trouble)
        {
            // What the server says before it hears of the mail is no word against the mail: a wrong password can be put right.
            return new HandOver(trouble.IsPassing || !isConnected ? HandOverResult.Later : HandOverResult.Refused, trouble.Message);
        }
        catch (InvalidDataException trouble)
        {
            return new HandOver(HandOverResult.Refused, trouble.Message);
        }
        catch (Exception trouble) when (trouble is IOException or AuthenticationException or System.Net.Sockets.SocketException)
        {
            return new HandOver(hasBegun ? HandOverResult.Unknown : HandOverResult.Later, $"{config.Host}: {trouble.Message.TrimEnd('.')}");
        }
    }

    // The protocol has no such question; the archive of the list will tell.
    public bool? HasArrived(OutgoingMessage message) => null;

    private void Address(SmtpConnection connection, OutgoingMessage message, int length)
    {
        var command = $"MAIL FROM:<{from}>";
        if (connection.Offers.Any(static offer => offer == "SIZE" || offer.StartsWith("SIZE ", StringComparison.Ordinal)))
        {
            command += string.Create(CultureInfo.InvariantCulture, $" SIZE={length}");
        }

        if (!Ascii.IsValid(message.Bytes))
        {
            command += connection.Offers.Contains("8BITMIME") ? " BODY=8BITMIME" : throw new InvalidDataException($"{config.Host} takes no 8-bit mail");
        }

        _ = connection.Say(command, 2);
        for (var i = 0; i < message.Recipients.Length; i++)
        {
            try
            {
                _ = connection.Say($"RCPT TO:<{message.Recipients[i]}>", 2);
            }
            catch (SmtpException trouble) when (i > 0 && !trouble.IsPassing)
            {
                // The author, who comes first, has to get it; others who do not want it need not.
            }
        }
    }

    private static void Leave(SmtpConnection connection)
    {
        try
        {
            _ = connection.Say("QUIT", 2);
        }
        catch (Exception trouble) when (trouble is IOException or SmtpException)
        {
            // What counts was said before.
        }
    }

    /// <summary>The mail as it goes over the line: lines end with CR LF, and a dot in front gets another one.</summary>
    internal static byte[] OnTheWire(ReadOnlySpan<byte> mail)
    {
        var text = new MemoryStream(mail.Length + 1_024);
        foreach (var range in mail.Split((byte)'\n'))
        {
            var line = mail[range].TrimEnd((byte)'\r');
            if (range.Start.Value == mail.Length)
            {
                break;
            }

            if (line.Length > LongestLine)
            {
                throw new InvalidDataException($"the mail has a line of more than {LongestLine} bytes");
            }

            if (line.IndexOfAny((byte)'\r', (byte)0) >= 0)
            {
                throw new InvalidDataException("the mail has a control character that ends lines elsewhere");
            }

            if (line.StartsWith("."u8))
            {
                text.WriteByte((byte)'.');
            }

            text.Write(line);
            text.Write("\r\n"u8);
        }

        return text.ToArray();
    }
}
