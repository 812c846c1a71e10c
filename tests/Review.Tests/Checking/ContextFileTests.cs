using System.Collections.Concurrent;
using Review.Core.Engine;
using Review.Core.Source;
using Review.Tests.Report;

namespace Review.Tests.Checking;

/// <summary>Files that are there for others of their group only, whose results are known.</summary>
public sealed class ContextFileTests
{
    [Theory]
    [InlineData(true, "mm", "mm/around.c mm/wanted.c", 2)]
    [InlineData(true, "fs", "mm/wanted.c", 1)]
    [InlineData(false, "mm", "mm/wanted.c", 0)]
    public void They_are_parsed_where_a_file_of_their_group_can_be_looked_at(bool isReadable, string group, string expected, int together)
    {
        var parsed = new ConcurrentBag<string>();
        var seen = 0;
        var result = new SampleAnalysis { Options = new() { Parallelism = 2, LookAtAll = units => Interlocked.Add(ref seen, units.Count) } }
            .Add(new AnalysisInput("mm/around.c", _ => Parse("mm/around.c")) { Group = group, IsContext = true })
            .Add(new AnalysisInput("mm/wanted.c", _ => isReadable ? Parse("mm/wanted.c") : Fail("mm/wanted.c")) { Group = "mm" })
            .Run();
        Assert.Equal(expected, string.Join(' ', parsed.Order(StringComparer.Ordinal)));
        Assert.Equal(together, seen);
        Assert.Equal("mm/wanted.c", Assert.Single(result.Files).Path);
        Assert.Equal(isReadable ? 0 : 1, result.NotAnalysed.Length);

        LoadedUnit Parse(string path)
        {
            parsed.Add(path);
            return LoadedUnit.Parsed(SampleAnalysis.Parse(new SourceText(path, "int function(void) { return 1; }\n"u8.ToArray())));
        }

        LoadedUnit Fail(string path)
        {
            parsed.Add(path);
            return LoadedUnit.Failed("it is gone", "bring it back");
        }
    }
}
