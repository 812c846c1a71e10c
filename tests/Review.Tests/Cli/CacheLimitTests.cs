using Review.Cli.Cache;

namespace Review.Tests.Cli;

public sealed class CacheLimitTests : IDisposable
{
    private static readonly DateTime Now = new(2026, 1, 31, 12, 0, 0, DateTimeKind.Utc);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_nobody_has_used_for_longest_goes_until_the_rest_fits()
    {
        Write('a', hoursAgo: 30);
        Write('b', hoursAgo: 90);
        Write('c', hoursAgo: 60);
        Write('d', hoursAgo: 1);
        Limit(200).Apply(Now);
        Assert.Equal("ad", Left());
    }

    [Fact]
    public void What_fits_stays_however_old_it_is()
    {
        Write('a', hoursAgo: 10_000);
        Limit(100).Apply(Now);
        Assert.Equal("a", Left());
    }

    [Fact]
    public void What_was_used_within_a_day_stays_however_large_it_is()
    {
        Write('a', hoursAgo: 23);
        Write('b', hoursAgo: 25);
        Limit(0).Apply(Now);
        Assert.Equal("a", Left());
    }

    [Fact]
    public void Using_an_entry_keeps_it()
    {
        Write('a', hoursAgo: 90);
        Write('b', hoursAgo: 60);
        CacheLimit.Use(FileOf('a'), Now);
        Limit(100).Apply(Now);
        Assert.Equal("a", Left());
    }

    [Fact]
    public void It_is_done_once_a_day()
    {
        Write('z', hoursAgo: 0);
        Limit(100).Apply(Now);
        Write('a', hoursAgo: 90);
        Limit(100).Apply(Now);
        Assert.Equal("az", Left());
        Limit(100).Apply(Now.AddHours(23));
        Assert.Equal("az", Left());
        Limit(100).Apply(Now.AddHours(25));
        Assert.Equal("z", Left());
    }

    [Fact]
    public void A_folder_goes_with_the_file_that_tells_of_it()
    {
        Write('a', hoursAgo: 90);
        Write('b', hoursAgo: 60);
        folder.Write($"entries/{new string('a', 32)}-0/compiled", new string('x', 500));
        Directory.SetLastWriteTimeUtc(folder.At($"entries/{new string('a', 32)}-0"), Now.AddHours(-95));
        Limit(550).Apply(Now);
        Assert.Equal(FileOf('b'), Assert.Single(Directory.GetFileSystemEntries(folder.At("entries"))));
    }

    [Fact]
    public void A_folder_that_is_used_stays()
    {
        Write('b', hoursAgo: 60);
        var used = folder.At($"entries/{new string('a', 32)}");
        folder.Write($"entries/{new string('a', 32)}/header", new string('x', 100));
        Directory.SetLastWriteTimeUtc(used, Now.AddHours(-95));
        CacheLimit.Use(used, Now);
        Assert.True(Limit(100).Apply(Now));
        Assert.Equal(used, Assert.Single(Directory.GetFileSystemEntries(folder.At("entries"))));
    }

    [Fact]
    public void Where_there_is_no_folder_nothing_is_made()
    {
        Limit(0).Apply(Now);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private CacheLimit Limit(long bytes) => new(folder.At("entries"), bytes);

    private string FileOf(char name) => folder.At("entries/" + new string(name, 32));

    private void Write(char name, int hoursAgo)
    {
        folder.Write("entries/" + new string(name, 32), new string('x', 100));
        File.SetLastWriteTimeUtc(FileOf(name), Now.AddHours(-hoursAgo));
    }

    private string Left() => string.Concat(Directory.GetFiles(folder.At("entries")).Select(static file => Path.GetFileName(file)[0]).Order());
}
