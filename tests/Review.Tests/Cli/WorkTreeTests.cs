using Review.Cli;
using Review.Cli.Trees;
using Review.Core.Source;

namespace Review.Tests.Cli;

public sealed class WorkTreeTests : IDisposable
{
    private readonly TemporaryFolder folder = new TemporaryFolder().WithKernel();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_missing_folder_is_the_users_error() =>
        Assert.Contains("no such directory", Assert.Throws<UserError>(() => new WorkTree(folder.At("none"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Kconfig")]
    [InlineData("Makefile")]
    [InlineData("mm/madvise.c")]
    public void A_tree_without_a_kernels_files_is_the_users_error(string missing)
    {
        File.Delete(folder.At(missing));
        Assert.Contains("not a kernel tree", Assert.Throws<UserError>(() => new WorkTree(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fifo_is_refused_without_waiting_for_a_writer()
    {
        Assert.Equal(0, TestProgram.Run("mkfifo", folder.Path, ["mm/pipe.c"]).Status);
        var tree = new WorkTree(folder.Path);
        Assert.False(tree.FileExists("mm/pipe.c"));
        Assert.Contains("not a regular file", Assert.Throws<SourceTreeException>(() => tree.ReadBytes("mm/pipe.c")).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_50_MB_is_refused_before_it_is_read()
    {
        using (var file = File.Create(folder.At("mm/huge.c")))
        {
            file.SetLength(50 << 20);
        }

        Assert.Contains("50 MB", Assert.Throws<SourceTreeException>(() => new WorkTree(folder.Path).ReadBytes("mm/huge.c")).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_at_the_size_limit_is_read()
    {
        using (var file = File.Create(folder.At("mm/large.c")))
        {
            file.SetLength(LinkedTree.SizeLimit);
        }

        Assert.Equal(LinkedTree.SizeLimit, new WorkTree(folder.Path).ReadBytes("mm/large.c")!.Length);
    }

    [Fact]
    public void An_absolute_link_into_the_tree_is_followed()
    {
        folder.Link("include/absolute.h", folder.At("mm/madvise.c"));
        Assert.True(new WorkTree(folder.Path).FileExists("include/absolute.h"));
    }

    [Fact]
    public void A_tree_may_itself_be_reached_through_a_link()
    {
        using var elsewhere = new TemporaryFolder();
        elsewhere.Link("kernel", folder.Path);
        Assert.Equal(folder.Path, new WorkTree(elsewhere.At("kernel")).Root);
    }

    [Fact]
    public void Edits_are_seen()
    {
        var tree = new WorkTree(folder.Path);
        Assert.Equal("int madvise;\n"u8.ToArray(), tree.ReadBytes("mm/madvise.c"));
        folder.Write("mm/madvise.c", "x");
        Assert.Equal("x"u8.ToArray(), tree.ReadBytes("mm/madvise.c"));
        Assert.Null(tree.Revision);
    }
}
