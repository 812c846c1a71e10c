using System.Diagnostics;
using System.Globalization;

namespace Review.Tests.Bot;

/// <summary>A real mail server (python3-aiosmtpd) that writes what it takes into a Maildir before it says so.</summary>
internal sealed class SmtpSink : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private readonly Process process;

    public SmtpSink(string maildir, params string[] options)
    {
        Folder = Path.Combine(maildir, "new");
        process = Process.Start(new ProcessStartInfo(Python, [Path.Combine(AppContext.BaseDirectory, "Bot", "smtp_sink.py"), maildir, .. options]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        Port = int.Parse(process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the mail server does not start"), CultureInfo.InvariantCulture);
    }

    /// <summary>True if the server is installed.</summary>
    public static bool Exists { get; } = File.Exists("/usr/lib/python3/dist-packages/aiosmtpd/smtp.py");

    public int Port { get; }

    /// <summary>Where its mails are.</summary>
    public string Folder { get; }

    /// <summary>Lets it say nothing after it took a mail, so that whoever sent it does not know; until that is disposed.</summary>
    public IDisposable Hold() => new Mark(Path.Combine(Folder, "..", "hold"));

    /// <summary>Lets it drop mails without a word; until that is disposed.</summary>
    public IDisposable Lose() => new Mark(Path.Combine(Folder, "..", "lose"));

    /// <summary>How many mails it has taken.</summary>
    public int Count => Directory.GetFiles(Folder).Length;

    /// <summary>True if it dropped a mail since that was asked last.</summary>
    public bool HasLost()
    {
        // Deleted only if it was seen: one that comes between the two would never be heard of.
        var file = Path.Combine(Folder, "..", "lost");
        if (!File.Exists(file))
        {
            return false;
        }

        File.Delete(file);
        return true;
    }

    /// <summary>The mails that it took, in the order of their arrival.</summary>
    public List<byte[]> Mails() => [.. new DirectoryInfo(Folder).EnumerateFiles().OrderBy(static file => int.Parse(file.Name.Split('.')[1], CultureInfo.InvariantCulture)).Select(static file => File.ReadAllBytes(file.FullName))];

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private sealed class Mark : IDisposable
    {
        private readonly string file;

        public Mark(string file)
        {
            this.file = file;
            File.WriteAllText(file, "");
        }

        public void Dispose() => File.Delete(file);
    }
}

/// <summary>A test that needs the mail server, and perhaps PostgreSQL; skipped, and counted as skipped, where one of them is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmtpFactAttribute : FactAttribute
{
    /// <param name="withPostgres">True if it needs PostgreSQL.</param>
    public SmtpFactAttribute(bool withPostgres = false) => Skip = Missing ?? (withPostgres ? new PostgresFactAttribute().Skip : null);

    /// <summary>Why there is no mail server; null if there is one.</summary>
    internal static string? Missing { get; } = SmtpSink.Exists ? null : "python3-aiosmtpd not installed";
}

/// <summary>A test that needs the mail server and a real kernel tree.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmtpKernelFactAttribute : FactAttribute
{
    public SmtpKernelFactAttribute() => Skip = SmtpFactAttribute.Missing ?? new KernelFactAttribute().Skip;
}
