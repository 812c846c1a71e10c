using Review.Cli;
using Review.Cli.Cache;

namespace Review.Tests.Cli;

public sealed class CacheDirectoryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("/chosen", "/shared", "/home/u", "/chosen")]
    [InlineData("", "/shared", "/home/u", "/shared/mmreview")]
    [InlineData(null, "relative", "/home/u", "/home/u/.cache/mmreview")]
    [InlineData(null, null, "/home/u", "/home/u/.cache/mmreview")]
    public void The_environment_chooses_the_place(string? own, string? shared, string? home, string expected) =>
        Assert.Equal(expected, CacheDirectory.Choose(name => name switch
        {
            "MMREVIEW_CACHE" => own,
            "XDG_CACHE_HOME" => shared,
            "HOME" => home,
            _ => null,
        }));

    [Fact]
    public void Without_a_home_the_user_is_told_what_to_set() =>
        Assert.Contains("MMREVIEW_CACHE", Assert.Throws<UserError>(() => CacheDirectory.Choose(_ => null)).Cure, StringComparison.Ordinal);

    [Fact]
    public void A_place_that_cannot_be_written_is_the_users_error()
    {
        folder.Write("file", string.Empty);
        var error = Assert.Throws<UserError>(() => CacheDirectory.Open(folder.At("file/cache")));
        Assert.Contains("cannot be written", error.Message, StringComparison.Ordinal);
        Assert.Contains("MMREVIEW_CACHE", error.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_whose_making_fails_is_never_seen()
    {
        using var cache = CacheDirectory.Open(folder.Path);
        Assert.Throws<InvalidOperationException>(() => cache.MakeFolder(cache.At("made"), scratch =>
        {
            File.WriteAllText(Path.Combine(scratch, "half"), string.Empty);
            throw new InvalidOperationException();
        }));
        Assert.False(Directory.Exists(cache.At("made")));
        Assert.Empty(Directory.GetFiles(folder.Path, "half", SearchOption.AllDirectories));
    }

    [Fact]
    public void Of_two_that_make_the_same_folder_one_wins_and_both_have_it()
    {
        using var first = CacheDirectory.Open(folder.Path);
        using var second = CacheDirectory.Open(folder.Path);
        var target = first.At("made");
        var madeBySecond = false;
        var madeByFirst = first.MakeFolder(target, one =>
        {
            File.WriteAllText(Path.Combine(one, "f"), "first");
            madeBySecond = second.MakeFolder(target, two => File.WriteAllText(Path.Combine(two, "f"), "second"));
        });
        Assert.True(madeBySecond);
        Assert.False(madeByFirst);
        Assert.Equal("second", File.ReadAllText(Path.Combine(target, "f")));
    }

    [Fact]
    public void Leftovers_of_dead_processes_are_removed_and_those_of_living_ones_kept()
    {
        folder.Write("tmp/dead.lock", string.Empty);
        folder.Write("tmp/dead/half", string.Empty);
        using var living = CacheDirectory.Open(folder.Path);
        Directory.CreateDirectory(living.NewScratchPath());
        Assert.False(Directory.Exists(folder.At("tmp/dead")));
        var before = Directory.GetDirectories(folder.At("tmp"), "*", SearchOption.AllDirectories);
        CacheDirectory.Open(folder.Path).Dispose();
        Assert.Equal(before, Directory.GetDirectories(folder.At("tmp"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_lock_is_held_by_one_at_a_time()
    {
        using var cache = CacheDirectory.Open(folder.Path);
        using var cancelled = new CancellationTokenSource();
        using (cache.Lock("work", default))
        {
            cancelled.CancelAfter(50);
            Assert.Throws<OperationCanceledException>(() => cache.Lock("work", cancelled.Token));
        }

        cache.Lock("work", default).Dispose();
    }
}
