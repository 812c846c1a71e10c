using Review.Model.Exploration;
using Review.Model.Scenarios;

namespace Review.Tests.Exploration;

/// <summary>Broken exploration files: one line that names the place.</summary>
public sealed class ExplorationReaderTests
{
    [Theory]
    [InlineData("""{"schema":"mmreview-explore/2","name":"x","threads":[]}""", "f: schema: unknown schema")]
    [InlineData("""{"schema":"mmreview-explore/1","name":"x","threads":[]}""", "f: threads: 0 threads")]
    [InlineData("""{"schema":"mmreview-explore/1","name":"x","eras":["v9"],"threads":[{"calls":[]}]}""", "f: eras: unknown era 'v9'")]
    [InlineData("""{"schema":"mmreview-explore/1","name":"x","properties":["p"],"threads":[{"calls":[]}]}""", "f: properties: unknown property 'p'")]
    [InlineData("""{"schema":"mmreview-explore/1","name":"x","threads":[{"calls":[{"op":"munmap","addr":"A","len":"1p"}]}]}""", "f: threads[0]: calls[0] munmap: addr: unknown name 'A'")]
    [InlineData("""{"schema":"mmreview-explore/1","name":"x","threads":[{"steps":[]}]}""", "f: threads[0]: calls: missing field")]
    [InlineData("""{"schema":""", "f:1:11: no JSON there")]
    public void Errors_name_the_place(string json, string expected)
    {
        var error = Assert.Throws<ScenarioFormatException>(() => ExplorationReader.Read(json, "f"));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }
}
