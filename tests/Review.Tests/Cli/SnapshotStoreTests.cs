using Review.Cli.Cache;
using Review.Cli.Trees;
using Review.Core.Source;

namespace Review.Tests.Cli;

public sealed class SnapshotStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new TemporaryFolder().WithKernel();
    private readonly TemporaryFolder place = new();
    private readonly CacheDirectory cache;

    public SnapshotStoreTests() => cache = CacheDirectory.Open(place.Path);

    public void Dispose()
    {
        cache.Dispose();
        place.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Holds_the_asked_directories_and_nothing_else()
    {
        folder.Write("include/a.h", "a\n");
        folder.Write("include/sub/b.h", "b\n");
        folder.Write("net/c.c", "c\n");
        var snapshot = Take(TestProgram.Commit(folder.Path), "include", "mm/", "Makefile", "none");
        Assert.Equal(["Makefile", "include/a.h", "include/sub/b.h", "mm/madvise.c"], Files(snapshot));
        Assert.Equal("b\n", File.ReadAllText(Path.Combine(snapshot.Folder, "include/sub/b.h")));
    }

    [Fact]
    public void A_second_revision_stores_only_what_changed()
    {
        folder.Write("include/a.h", "a\n");
        var first = TestProgram.Commit(folder.Path);
        folder.Write("mm/madvise.c", "int changed;\n");
        var second = TestProgram.Commit(folder.Path);
        folder.Write("Documentation/x", "not asked for\n");
        var third = TestProgram.Commit(folder.Path);

        var one = Take(first, "include", "mm");
        var two = Take(second, "include", "mm");
        Assert.Equal((2, 2), (one.Files, one.NewBlobs));
        Assert.Equal((2, 1), (two.Files, two.NewBlobs));
        Assert.Equal(new Snapshot(two.Folder, 0, 0), Take(third, "include", "mm"));
        Assert.Equal(new Snapshot(one.Folder, 0, 0), Take(first, "mm", "include"));
        Assert.Equal("int madvise;\n", File.ReadAllText(Path.Combine(one.Folder, "mm/madvise.c")));
        Assert.Equal(Inode(one, "include/a.h"), Inode(two, "include/a.h"));
    }

    [Fact]
    public void Files_of_the_same_content_do_not_share_an_inode_within_a_snapshot()
    {
        folder.Write("include/a.h", "same\n");
        folder.Write("include/b.h", "same\n");
        folder.Write("include/c.h", "same\n");
        folder.Link("include/d.h", "a.h");
        var snapshot = Take(TestProgram.Commit(folder.Path), "include");
        string[] files = ["include/a.h", "include/b.h", "include/c.h", "include/d.h"];
        Assert.Equal(files, Files(snapshot));
        Assert.Equal(4, files.Select(file => Inode(snapshot, file)).Distinct().Count());
    }

    [Fact]
    public void Links_become_copies_and_those_that_leave_the_tree_are_left_out()
    {
        folder.Write("include/real/a.h", "a\n");
        folder.Link("scripts/prefixes/dir", "../../include/real");
        folder.Link("scripts/file.h", "../include/real/a.h");
        folder.Link("scripts/outside.h", "../../secret");
        folder.Link("scripts/absolute.h", "/etc/passwd");
        folder.Link("scripts/dangling.h", "none");
        folder.Link("scripts/self", ".");
        var snapshot = Take(TestProgram.Commit(folder.Path), "scripts");
        var files = Files(snapshot);
        Assert.Contains("scripts/file.h", files);
        Assert.Contains("scripts/prefixes/dir/a.h", files);
        Assert.DoesNotContain(files, file => file.EndsWith("outside.h", StringComparison.Ordinal) || file.EndsWith("absolute.h", StringComparison.Ordinal));
        Assert.DoesNotContain(
            Directory.EnumerateFileSystemEntries(snapshot.Folder, "*", SearchOption.AllDirectories),
            path => new FileInfo(path).LinkTarget != null);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".git")]
    [InlineData("a\tb")]
    public void Hostile_names_are_refused_and_nothing_is_left(string name)
    {
        var blob = TestProgram.Git(CommittedFolder(), "hash-object", "-w", "mm/madvise.c");
        var inner = MakeTree($"100644 blob {blob}\t{name}\0");
        var rest = TestProgram.Git(folder.Path, "ls-tree", "-z", "HEAD");
        var root = MakeTree($"{rest}040000 tree {inner}\tinclude\0");
        var commit = TestProgram.Git(folder.Path, "commit-tree", root, "-m", "hostile");

        Assert.Throws<SourceTreeException>(() => Take(commit, "include"));
        Assert.False(Directory.Exists(cache.At("snapshots")) && Directory.GetDirectories(cache.At("snapshots")).Length > 0);
    }

    [Fact]
    public void Large_files_are_left_out()
    {
        using (var file = File.Create(folder.At("mm/huge.c")))
        {
            file.SetLength(50 << 20);
        }

        Assert.Equal(["mm/madvise.c"], Files(Take(TestProgram.Commit(folder.Path), "mm")));
    }

    [Fact]
    public void A_lost_blob_is_stored_again()
    {
        var first = TestProgram.Commit(folder.Path);
        Take(first, "mm");
        Directory.Delete(cache.At("blobs"), recursive: true);
        Directory.Delete(cache.At("snapshots"), recursive: true);
        Assert.Equal(1, Take(first, "mm").NewBlobs);
    }

    [Fact]
    public void Blobs_go_when_they_are_old_and_no_snapshot_has_them()
    {
        folder.Write("include/a.h", "a\n");
        var first = Take(TestProgram.Commit(folder.Path), "include", "mm");
        folder.Write("mm/madvise.c", "int changed;\n");
        var second = Take(TestProgram.Commit(folder.Path), "include", "mm");
        Directory.Delete(first.Folder, recursive: true);

        SnapshotStore.ForgetBlobs(cache, DateTime.UnixEpoch);
        Assert.Equal(3, Blobs());
        SnapshotStore.ForgetBlobs(cache, DateTime.MaxValue);
        Assert.Equal(2, Blobs());
        Assert.Equal("int changed;\n", File.ReadAllText(Path.Combine(second.Folder, "mm/madvise.c")));
    }

    private int Blobs() => Directory.GetFiles(place.At("blobs"), "*", SearchOption.AllDirectories).Length;

    private string CommittedFolder()
    {
        TestProgram.Commit(folder.Path);
        return folder.Path;
    }

    private string MakeTree(string entries)
    {
        File.WriteAllText(place.At("entries"), entries);
        var made = TestProgram.Run("sh", folder.Path, ["-c", "git mktree -z < \"$1\"", "sh", place.At("entries")]);
        Assert.True(made.Status == 0, made.Errors);
        return made.Output.TrimEnd();
    }

    private Snapshot Take(string revision, params string[] prefixes)
    {
        using var tree = GitTree.Open(folder.Path, revision);
        return new SnapshotStore(cache).Materialise(tree, prefixes);
    }

    private static ulong Inode(Snapshot snapshot, string file) => PosixFile.Status(Path.Combine(snapshot.Folder, file)).Inode;

    private static string[] Files(Snapshot snapshot) =>
    [
        .. Directory.EnumerateFiles(snapshot.Folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(snapshot.Folder, file))
            .Order(StringComparer.Ordinal),
    ];
}
