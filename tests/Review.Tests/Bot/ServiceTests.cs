using System.Xml.Linq;
using Review.Tests.Cli;
using Review.Tests.Report;

namespace Review.Tests.Bot;

/// <summary>What lies around the bot: its service files, and what its project refers to.</summary>
public sealed class ServiceTests : IDisposable
{
    private static readonly string Root = FindRoot();

    private readonly TemporaryFolder folder = new();

    [ToolFact("systemd-analyze")]
    public void The_unit_is_understood_and_exposes_little()
    {
        // The program is not installed where the tests run.
        var unit = File.ReadAllText(Path.Combine(Root, "tools/Review.Bot/service/mmreview-bot.service"));
        folder.Write("mmreview-bot.service", unit.Replace("/opt/mmreview/mmreview", "/bin/true", StringComparison.Ordinal));
        var verified = TestProgram.Run("systemd-analyze", folder.Path, ["verify", folder.At("mmreview-bot.service")]);
        Assert.True(verified is { Status: 0, Errors: "" }, verified.Errors);
        var exposure = TestProgram.Run("systemd-analyze", folder.Path, ["security", "--offline=true", "--threshold=20", folder.At("mmreview-bot.service")]);
        Assert.True(exposure.Status == 0, exposure.Output + exposure.Errors);
    }

    [Fact]
    public void Nothing_is_sent_by_a_service_as_it_comes()
    {
        foreach (var file in (string[])["mmreview-bot.service", "Containerfile"])
        {
            var starts = File.ReadLines(Path.Combine(Root, "tools/Review.Bot/service", file)).Where(static line => line.StartsWith("ExecStart=", StringComparison.Ordinal) || line.StartsWith("ENTRYPOINT", StringComparison.Ordinal));
            Assert.DoesNotContain("--send", Assert.Single(starts), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_bot_knows_no_rule_and_its_libraries_are_its_own()
    {
        var project = XDocument.Load(Path.Combine(Root, "tools/Review.Bot/Review.Bot.csproj"));
        Assert.Equal(["Review.Core", "Review.Patches"], project.Descendants("ProjectReference").Select(static reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)).Order(StringComparer.Ordinal));
        foreach (var package in project.Descendants("PackageReference").Select(static reference => reference.Attribute("Include")!.Value))
        {
            var users = ((string[])["analyzers", "patches", "tools"]).SelectMany(static part => Directory.EnumerateFiles(Path.Combine(Root, part), "*.csproj", SearchOption.AllDirectories)).Where(file => File.ReadAllText(file).Contains($"\"{package}\"", StringComparison.Ordinal));
            Assert.Equal("Review.Bot.csproj", Path.GetFileName(Assert.Single(users)));
        }
    }

    public void Dispose() => folder.Dispose();

    private static string FindRoot()
    {
        var place = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(place, "Review.sln")))
        {
            place = Path.GetDirectoryName(place) ?? throw new InvalidOperationException("the tests do not run inside the repository");
        }

        return place;
    }
}
