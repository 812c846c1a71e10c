using Review.Tests.Checking;
using YamlDotNet.RepresentationModel;

namespace Review.Tests.Samples;

/// <summary>The jobs of samples/06-shards call commands and options that exist.</summary>
public sealed class ShardSampleTests : IDisposable
{
    private readonly MiniKernel kernel = new();

    [Theory]
    [InlineData("github-actions.yml")]
    [InlineData("gitlab-ci.yml")]
    public void The_yaml_is_well_formed_and_its_commands_run(string name)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "samples", "06-shards", name));
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        Assert.IsType<YamlMappingNode>(Assert.Single(yaml.Documents).RootNode);
        var commands = text.Split('\n').Where(static line => line.Contains("mmreview\" ", StringComparison.Ordinal)).Select(static line => line[(line.IndexOf("mmreview\" ", StringComparison.Ordinal) + 10)..].Trim().TrimEnd('\'')).ToList();
        Assert.Equal(["check", "merge"], commands.Select(static command => command.Split(' ')[0]));
        foreach (var words in commands.Select(static command => command.Split(' ')))
        {
            var help = kernel.Run([words[0], "--help"]).Output;
            Assert.All(words.Where(static word => word.StartsWith("--", StringComparison.Ordinal)), option => Assert.Contains(option, help, StringComparison.Ordinal));
        }
    }

    public void Dispose() => kernel.Dispose();
}
