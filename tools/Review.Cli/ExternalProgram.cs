using System.ComponentModel;
using System.Diagnostics;

namespace Review.Cli;

/// <summary>
/// A program of the system that is run without a shell. It is killed when the work is cancelled or abandoned. Variables by
/// which an outer git tells its hooks about another repository are not passed on.
/// </summary>
internal sealed class ExternalProgram : IDisposable
{
    private readonly Process process;
    private readonly CancellationTokenRegistration cancellation;
    private readonly Task<string> errors;

    private ExternalProgram(Process process, CancellationToken cancellation)
    {
        this.process = process;
        this.cancellation = cancellation.Register(Kill);
        errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    /// <summary>What the program writes to its standard output.</summary>
    public Stream Output => process.StandardOutput.BaseStream;

    /// <summary>Starts a program found on PATH; a <see cref="UserError"/> if there is none of that name.</summary>
    public static ExternalProgram Start(
        string name,
        IEnumerable<string> arguments,
        CancellationToken cancellation,
        string? folder = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(name, arguments)
        {
            WorkingDirectory = folder ?? string.Empty,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var inherited in start.Environment.Keys.Where(static key => key.StartsWith("GIT_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(inherited);
        }

        foreach (var (key, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[key] = value;
        }

        try
        {
            var started = Process.Start(start)!;
            started.StandardInput.Close();
            return new ExternalProgram(started, cancellation);
        }
        catch (Win32Exception)
        {
            throw new UserError($"the program '{name}' is not installed", $"run: apt-get install {(name == "xz" ? "xz-utils" : name)}");
        }
    }

    /// <summary>
    /// Waits for the end. If the program failed: a <see cref="UserError"/> of <paramref name="failure"/> with the first line of what
    /// the program complained about.
    /// </summary>
    public void Finish(string failure, string cure)
    {
        Output.CopyTo(Stream.Null);
        process.WaitForExit();
        cancellation.Token.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
        {
            var complaint = errors.GetAwaiter().GetResult().Split('\n', 2)[0];
            throw new UserError(complaint.Length == 0 ? failure : $"{failure} ({complaint})", cure);
        }
    }

    public void Dispose()
    {
        cancellation.Dispose();
        Kill();
        process.Dispose();
    }

    private void Kill()
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in between.
        }
    }
}
