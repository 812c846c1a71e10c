using Review.Cli.Cache;
using Review.Core.Source;

namespace Review.Tests.Cli;

public sealed class OverlayStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly CacheDirectory cache;

    public OverlayStoreTests() => cache = CacheDirectory.Open(folder.Path);

    public void Dispose()
    {
        cache.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Files_are_written_once()
    {
        var store = new OverlayStore(cache);
        var files = new Dictionary<string, string> { ["generated/autoconf.h"] = "#define A 1\n", ["x.h"] = "ü" };
        var first = store.Write(files);
        Assert.Equal("#define A 1\n", File.ReadAllText(Path.Combine(first, "generated/autoconf.h")));
        Assert.Equal("ü"u8.ToArray(), File.ReadAllBytes(Path.Combine(first, "x.h")));

        File.WriteAllText(Path.Combine(first, "witness"), string.Empty);
        Assert.Equal(first, store.Write(files.Reverse().ToDictionary()));
        Assert.True(File.Exists(Path.Combine(first, "witness")));
    }

    [Fact]
    public void Every_difference_gives_another_folder()
    {
        var store = new OverlayStore(cache);
        string[] folders =
        [
            store.Write(new Dictionary<string, string> { ["a"] = "b" }),
            store.Write(new Dictionary<string, string> { ["a"] = "c" }),
            store.Write(new Dictionary<string, string> { ["b"] = "b" }),
            store.Write(new Dictionary<string, string> { ["a"] = "b", ["c"] = string.Empty }),
            store.Write(new Dictionary<string, string>()),
        ];
        Assert.Equal(folders.Length, folders.Distinct().Count());
    }

    [Theory]
    [InlineData("../x.h")]
    [InlineData("/tmp/x.h")]
    [InlineData("a/../../x.h")]
    [InlineData("")]
    public void Paths_out_of_the_folder_are_refused(string path) =>
        Assert.Throws<SourceTreeException>(() => new OverlayStore(cache).Write(new Dictionary<string, string> { [path] = "x" }));
}
