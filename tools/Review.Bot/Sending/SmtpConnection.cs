using System.Collections.Immutable;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Review.Bot.Configuration;

namespace Review.Bot.Sending;

/// <summary>A server's reply (RFC 5321, section 4.2).</summary>
/// <param name="Code">The code; its first digit is 2 or 3 if all is well, 4 for later, 5 for never.</param>
/// <param name="Lines">Its lines without the code.</param>
internal sealed record SmtpReply(int Code, ImmutableArray<string> Lines)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Code} {string.Join(' ', Lines)}");
}

/// <summary>The server said no, or not what the protocol has it say.</summary>
internal sealed class SmtpException(SmtpReply reply, string to) : Exception($"{to}: {reply}")
{
    /// <summary>True if the same may work another time.</summary>
    public bool IsPassing { get; } = reply.Code / 100 != 5;
}

/// <summary>A conversation with a mail server, encrypted if that is wanted. Nothing falls back to an open line.</summary>
internal sealed class SmtpConnection : IDisposable
{
    private const int Patience = 30_000;

    /// <summary>How long the server may think about a whole mail, in milliseconds.</summary>
    private const int PatienceForMail = 150_000;

    private const int LongestLine = 4_096;
    private const int MostLines = 200;

    private readonly TcpClient client;
    private readonly SmtpConfig config;
    private Stream stream;
    private readonly byte[] buffer = new byte[4_096];
    private int start;
    private int end;

    private SmtpConnection(SmtpConfig config)
    {
        this.config = config;
        client = new TcpClient { ReceiveTimeout = Patience, SendTimeout = Patience };
        try
        {
            if (!client.ConnectAsync(config.Host, config.Port).Wait(Patience))
            {
                throw new IOException($"{config.Host} does not answer");
            }

            stream = client.GetStream();
        }
        catch (AggregateException trouble)
        {
            client.Dispose();
            throw new IOException(trouble.InnerException!.Message, trouble);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>What the server offers, in upper case.</summary>
    public ImmutableArray<string> Offers { get; private set; } = [];

    /// <summary>Connects, greets, encrypts and signs in.</summary>
    /// <exception cref="SmtpException">The server does not want that.</exception>
    public static SmtpConnection Open(SmtpConfig config, string name, string? password)
    {
        var connection = new SmtpConnection(config);
        try
        {
            if (config.Security == SmtpSecurity.Tls)
            {
                connection.Encrypt();
            }

            _ = Expect("greeting", connection.Read(), 2);
            connection.Greet(name);
            if (config.Security == SmtpSecurity.StartTls)
            {
                _ = connection.Say("STARTTLS", 2);

                // What came before the line was encrypted was written by anybody.
                if (connection.start < connection.end)
                {
                    throw new IOException("the server talks on before the line is encrypted");
                }

                connection.Encrypt();
                connection.Greet(name);
            }

            if (config.User is { } user)
            {
                connection.SignIn(user, password ?? "");
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Says a command and expects a reply of a class.</summary>
    public SmtpReply Say(string command, int wanted)
    {
        Write(Encoding.ASCII.GetBytes(command + "\r\n"));
        return Expect(command.Split(' ', ':')[0], Read(), wanted);
    }

    /// <summary>Sends bytes of a mail.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        stream.Flush();
    }

    /// <summary>Ends the mail and waits for what the server says of it.</summary>
    public SmtpReply EndMail()
    {
        client.ReceiveTimeout = PatienceForMail;
        Write(".\r\n"u8);
        var reply = Read();
        client.ReceiveTimeout = Patience;
        return reply;
    }

    public void Dispose()
    {
        stream.Dispose();
        client.Dispose();
    }

    private void Greet(string name) => Offers = [.. Say("EHLO " + name, 2).Lines.Select(static line => line.ToUpperInvariant())];

    private void Encrypt()
    {
        var encrypted = new SslStream(stream);
        var options = new SslClientAuthenticationOptions { TargetHost = config.Host };
        if (config.Authority is { } authority)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(authority);
            options.CertificateChainPolicy = policy;
        }

        encrypted.AuthenticateAsClient(options);
        stream = encrypted;
    }

    private void SignIn(string user, string password)
    {
        var ways = Offers.Where(static offer => offer.StartsWith("AUTH ", StringComparison.Ordinal)).SelectMany(static offer => offer.Split(' ')).ToHashSet(StringComparer.Ordinal);
        if (ways.Contains("PLAIN") || !ways.Contains("LOGIN"))
        {
            _ = Say("AUTH PLAIN " + Base64($"\0{user}\0{password}"), 2);
        }
        else
        {
            _ = Say("AUTH LOGIN", 3);
            _ = Say(Base64(user), 3);
            _ = Say(Base64(password), 2);
        }

        static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
    }

    // The command's first word only: what follows may be a password.
    private static SmtpReply Expect(string to, SmtpReply reply, int wanted) => reply.Code / 100 == wanted ? reply : throw new SmtpException(reply, to.Length > 8 ? "AUTH" : to);

    private SmtpReply Read()
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        while (true)
        {
            var line = ReadLine();
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) || lines.Count >= MostLines)
            {
                throw new IOException("the server does not speak SMTP");
            }

            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] != '-')
            {
                return new SmtpReply(code, lines.ToImmutable());
            }
        }
    }

    private string ReadLine()
    {
        var line = new StringBuilder();
        while (true)
        {
            if (start == end)
            {
                (start, end) = (0, stream.Read(buffer));
                if (end == 0)
                {
                    throw new IOException("the server hung up");
                }
            }

            var c = (char)buffer[start++];
            if (c == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            if (line.Length >= LongestLine)
            {
                throw new IOException("the server's reply has no end");
            }

            _ = line.Append(char.IsControl(c) && c != '\r' ? '?' : c);
        }
    }
}
