using System.Text;
using Review.Cli.Trees;
using Review.Core.Source;

namespace Review.Tests.Cli;

/// <summary>A work tree and a commit with the same content give the same answers.</summary>
public sealed class TreeContractTests : IDisposable
{
    private readonly TemporaryFolder folder = new TemporaryFolder().WithKernel();
    private readonly GitTree git;
    private readonly WorkTree work;

    public TreeContractTests()
    {
        folder.Write("include/linux/mm.h", "#define MM 1\n");
        folder.Write("include/linux/sub/deep.h", "deep\n");
        folder.Write("include/B.h", "B\n");
        folder.Link("include/link.h", "linux/mm.h");
        folder.Link("include/dirlink", "linux/sub");
        folder.Link("include/through.h", "dirlink/../mm.h");
        folder.Link("include/outside.h", "../../etc/passwd");
        folder.Link("include/absolute.h", "/etc/passwd");
        folder.Link("include/out-and-dangling", "../../no/such/file");
        folder.Link("include/dangling", "no-such-file");
        folder.Link("include/loop1", "loop2");
        folder.Link("include/loop2", "loop1");
        folder.Link("include/gitconfig", "../.git/config");
        File.WriteAllBytes(folder.At("mm/binary.c"), [0, 255, 13, 10, 0]);
        TestProgram.Commit(folder.Path);
        git = GitTree.Open(folder.Path, "HEAD");
        work = new WorkTree(folder.Path);
    }

    public static TheoryData<bool> Both => [true, false];

    public void Dispose()
    {
        git.Dispose();
        folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Files_and_links_inside_the_tree_are_read(bool fromGit)
    {
        var tree = Tree(fromGit);
        Assert.Equal("#define MM 1\n", Text(tree, "include/linux/mm.h"));
        Assert.Equal("#define MM 1\n", Text(tree, "include/link.h"));
        Assert.Equal("deep\n", Text(tree, "include/dirlink/deep.h"));
        Assert.Equal("#define MM 1\n", Text(tree, "include/through.h"));
        Assert.Equal([0, 255, 13, 10, 0], tree.ReadBytes("mm/binary.c")!);
        Assert.True(tree.FileExists("include/dirlink/deep.h"));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void What_is_no_file_is_not_read(bool fromGit)
    {
        var tree = Tree(fromGit);
        foreach (var path in new[] { "include", "include/none.h", "none/none.h", "Kconfig/x", "include/dangling", "include/gitconfig", string.Empty })
        {
            Assert.False(tree.FileExists(path), path);
            Assert.Null(tree.ReadBytes(path));
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Links_out_of_the_tree_and_loops_are_refused(bool fromGit)
    {
        var tree = Tree(fromGit);
        foreach (var path in new[] { "include/outside.h", "include/absolute.h", "include/out-and-dangling", "include/loop1" })
        {
            Assert.False(tree.FileExists(path), path);
            var refusal = Assert.Throws<SourceTreeException>(() => tree.ReadBytes(path));
            Assert.Equal(path, refusal.Path);
            Assert.Contains("link", refusal.Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Paths_that_are_not_inside_a_tree_are_refused(bool fromGit)
    {
        var tree = Tree(fromGit);
        foreach (var path in new[] { "/etc/passwd", "../x", "mm/../Kconfig", ".git/config", "mm/.GIT/config", "mm/a\nb", "mm/a\0b" })
        {
            Assert.False(tree.FileExists(path), path);
            Assert.Throws<SourceTreeException>(() => tree.ReadBytes(path));
            Assert.Throws<SourceTreeException>(() => tree.List(path));
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Directories_are_listed_in_ordinal_order(bool fromGit)
    {
        var tree = Tree(fromGit);
        Assert.Equal(["Kconfig", "Makefile", "include/", "mm/"], tree.List(string.Empty));
        Assert.Equal(
            ["B.h", "absolute.h", "dangling", "dirlink/", "gitconfig", "link.h", "linux/", "loop1", "loop2", "out-and-dangling", "outside.h", "through.h"],
            tree.List("include"));
        Assert.Equal(["deep.h"], tree.List("include/dirlink/"));
        Assert.Empty(tree.List("Kconfig"));
        Assert.Empty(tree.List("none"));
    }

    private static string Text(ISourceTree tree, string path) => Encoding.UTF8.GetString(tree.ReadBytes(path)!);

    private ISourceTree Tree(bool fromGit) => fromGit ? git : work;
}
