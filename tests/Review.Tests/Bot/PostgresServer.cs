using System.Diagnostics;
using System.Globalization;
using Review.Tests.Cli;

namespace Review.Tests.Bot;

/// <summary>A PostgreSQL of its own for the tests, in a temporary folder, run by a user without rights, reachable through a socket in that folder only.</summary>
public sealed class PostgresServer : IDisposable
{
    private const string User = "postgres";

    private readonly Lazy<string> folder;
    private int databases;

    public PostgresServer() => folder = new(Start);

    /// <summary>The folder with PostgreSQL's programs; null if it is not installed.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(static version => Path.Combine(version, "bin")).Where(static bin => File.Exists(Path.Combine(bin, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    /// <summary>A new database, as the bot's configuration names it.</summary>
    public string NewDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref databases)}");
        Run("createdb", "-h", folder.Value, "-U", User, name);
        return $"postgres:Host={folder.Value};Username={User};Database={name};Maximum Pool Size=10";
    }

    public void Dispose()
    {
        if (folder.IsValueCreated)
        {
            Run("pg_ctl", "-D", Path.Combine(folder.Value, "data"), "-m", "immediate", "-w", "stop");
            Directory.Delete(folder.Value, recursive: true);
        }
    }

    private static string Start()
    {
        var place = Directory.CreateTempSubdirectory("mmreview-pg-").FullName;
        if (IsRoot)
        {
            TestProgram.Run("chown", "/", [User, place]);
        }

        Run("initdb", "-D", Path.Combine(place, "data"), "-U", User, "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C");
        Run("pg_ctl", "-D", Path.Combine(place, "data"), "-w", "-l", Path.Combine(place, "log"), "-o", $"-c listen_addresses='' -c unix_socket_directories='{place}' -c fsync=off", "start");
        return place;
    }

    private static bool IsRoot => Environment.UserName == "root";

    // The server refuses to be started by root.
    private static void Run(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs!, program);
        using var process = Process.Start(new ProcessStartInfo(IsRoot ? "setpriv" : path, IsRoot ? ["--reuid", User, "--regid", User, "--clear-groups", path, .. arguments] : arguments)
        {
            WorkingDirectory = "/",
            UseShellExecute = false,
            RedirectStandardOutput = false,
        })!;
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} failed");
    }
}

/// <summary>Tests that share one server.</summary>
[CollectionDefinition(Name)]
public sealed class StoreCollection : ICollectionFixture<PostgresServer>
{
    public const string Name = "bot stores";
}

/// <summary>A test that needs PostgreSQL; skipped, and counted as skipped, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.Programs is null ? "postgresql not installed" : null;
}
