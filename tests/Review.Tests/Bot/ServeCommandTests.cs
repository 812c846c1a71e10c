using System.Diagnostics;
using System.Net.Sockets;
using Review.Tests.Cli;

namespace Review.Tests.Bot;

/// <summary><c>mmreview bot serve</c> as people start it.</summary>
public sealed class ServeCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ServeCommandTests()
    {
        _ = Directory.CreateDirectory(folder.At("kernel"));
        _ = Directory.CreateDirectory(folder.At("mails"));
        folder.Write(
            "bot.yaml", "state: sqlite:state.db\npolicy: policy.yaml\nidentity: {address: bot@example.org}\nsources: [{list: l@example.org, maildir: mails}]\nkernels: [{path: kernel}]\ndrafts: {folder: drafts}\n");
    }

    [Fact]
    public async Task It_prints_where_it_is_and_answers_there()
    {
        folder.Write("policy.yaml", "default: drafts\n");
        var start = new ProcessStartInfo("dotnet", [Program, "bot", "serve", "--config", folder.At("bot.yaml"), "--port", "0"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        try
        {
            var first = await process.StandardOutput.ReadLineAsync();
            Assert.Matches("^mmreview: http://127\\.0\\.0\\.1:[0-9]+/ ", first ?? await process.StandardError.ReadToEndAsync());
            using var client = new HttpClient();
            Assert.Contains("\"ok\"", await client.GetStringAsync(new Uri(first!.Split(' ')[1] + "health")), StringComparison.Ordinal);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public void A_port_that_is_taken_is_said()
    {
        folder.Write("policy.yaml", "default: drafts\n");
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        var result = Serve("--port", $"{port}");
        Assert.Equal((2, ""), (result.Status, result.Output));
        Assert.Matches($"^mmreview: port {port} cannot be had: .*; choose another one with --port\n$", result.Errors);
    }

    [Theory]
    [InlineData("--port", "65536")]
    [InlineData("--port", "-1")]
    [InlineData("--port", "x")]
    public void What_is_no_port_is_bad_input(params string[] arguments) => Assert.Equal(2, Serve(arguments).Status);

    public void Dispose() => folder.Dispose();

    private static string Program => Path.Combine(AppContext.BaseDirectory, "mmreview.dll");

    private ProgramResult Serve(params string[] arguments) => TestProgram.Run("dotnet", folder.Path, [Program, "bot", "serve", "--config", "bot.yaml", .. arguments]);
}
