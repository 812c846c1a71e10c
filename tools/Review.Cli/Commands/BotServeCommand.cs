using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Review.Cli.Bot;

namespace Review.Cli.Commands;

/// <summary><c>mmreview bot serve</c>: the dashboard, which is a program of its own because its framework would slow every other command down.</summary>
internal sealed class BotServeCommand : Command
{
    private const int DefaultPort = 8026;
    private const string Dashboard = "mmreview-dashboard.dll";

    private readonly Option<string> config = BotCommand.ConfigOption();
    private readonly Option<int> port = new("--port") { Description = "The port on this machine's loopback; 0 for one that is free", DefaultValueFactory = static _ => DefaultPort };

    public BotServeCommand()
        : base("serve", "Shows series, findings, drafts and rules on a page for browsers of this machine.")
    {
        Options.Add(config);
        Options.Add(port);
        SetAction(async (parsed, cancellation) =>
        {
            var file = parsed.GetValue(config)!;
            var number = parsed.GetValue(port);
            if (number is < ushort.MinValue or > ushort.MaxValue)
            {
                throw new UserError($"{number.ToString(CultureInfo.InvariantCulture)} is no port", "--port takes 0 to 65535");
            }

            BotProcess.OpenStore(BotProcess.Read(file)).Dispose();
            return await RunAsync(file, number, cancellation).ConfigureAwait(false);
        });
    }

    private static async Task<int> RunAsync(string file, int port, CancellationToken cancellation)
    {
        // Beside the program where everything is in one folder; the launcher builds it below it.
        var program = ((string[])["", "dashboard"]).Select(static folder => Path.Combine(AppContext.BaseDirectory, folder, Dashboard)).FirstOrDefault(File.Exists)
            ?? throw new UserError("the dashboard is not built", "start it by ./mmreview bot serve, or build tools/Review.Dashboard");
        var start = new ProcessStartInfo(RuntimeFeature.IsDynamicCodeSupported ? Environment.ProcessPath! : "dotnet", [program, Path.GetFullPath(file), port.ToString(CultureInfo.InvariantCulture)]);
        using var process = Process.Start(start) ?? throw new UserError("the dashboard cannot be started", "look whether processes can be started at all");
        try
        {
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        return process.ExitCode;
    }
}
