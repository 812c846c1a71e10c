using Review.Cli;
using Review.Cli.Trees;
using Review.Core.Source;

namespace Review.Tests.Cli;

public sealed class GitTreeTests : IDisposable
{
    private readonly TemporaryFolder folder = new TemporaryFolder().WithKernel();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Reads_revisions_of_a_bare_repository()
    {
        using var bare = new TemporaryFolder();
        var first = TestProgram.Commit(folder.Path);
        TestProgram.Git(folder.Path, "tag", "--annotate", "--message", "tag", "v1");
        folder.Write("mm/madvise.c", "int changed;\n");
        TestProgram.Commit(folder.Path);
        TestProgram.Git(bare.Path, "clone", "--quiet", "--bare", folder.Path, "bare.git");

        using var tagged = GitTree.Open(bare.At("bare.git"), "v1");
        using var head = GitTree.Open(bare.At("bare.git"), "HEAD");
        using var shortId = GitTree.Open(bare.At("bare.git"), first[..10]);
        Assert.Equal(first, tagged.Revision);
        Assert.Equal(first, shortId.Revision);
        Assert.Equal("int madvise;\n"u8.ToArray(), tagged.ReadBytes("mm/madvise.c"));
        Assert.Equal("int changed;\n"u8.ToArray(), head.ReadBytes("mm/madvise.c"));
    }

    [Fact]
    public void Leaves_the_work_tree_alone()
    {
        var first = TestProgram.Commit(folder.Path);
        folder.Write("mm/madvise.c", "edited\n");
        using var tree = GitTree.Open(folder.Path, first);
        Assert.Equal("int madvise;\n"u8.ToArray(), tree.ReadBytes("mm/madvise.c"));
        Assert.Equal(" M mm/madvise.c", TestProgram.Git(folder.Path, "status", "--short"));
    }

    [Theory]
    [InlineData("no-such-revision")]
    [InlineData("HEAD:mm")]
    [InlineData("HEAD..HEAD")]
    [InlineData("--all")]
    [InlineData("")]
    [InlineData("HEAD~5")]
    [InlineData("\n")]
    public void An_unknown_revision_is_the_users_error(string revision)
    {
        TestProgram.Commit(folder.Path);
        var error = Assert.Throws<UserError>(() => GitTree.Open(folder.Path, revision));
        Assert.Contains("unknown revision", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void What_is_no_repository_is_the_users_error()
    {
        Assert.Contains("no such directory", Assert.Throws<UserError>(() => GitTree.Open(folder.At("none"), "HEAD")).Message, StringComparison.Ordinal);
        Assert.Contains("not a git repository", Assert.Throws<UserError>(() => GitTree.Open(folder.Path, "HEAD")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_repository_around_the_folder_is_not_taken()
    {
        TestProgram.Commit(folder.Path);
        Assert.Contains("not a git repository", Assert.Throws<UserError>(() => GitTree.Open(folder.At("mm"), "HEAD")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_repository_without_a_kernel_is_the_users_error()
    {
        File.Delete(folder.At("Kconfig"));
        TestProgram.Commit(folder.Path);
        Assert.Contains("not a kernel tree", Assert.Throws<UserError>(() => GitTree.Open(folder.Path, "HEAD")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_blob_of_50_MB_is_refused_before_it_is_read()
    {
        using (var file = File.Create(folder.At("mm/huge.c")))
        {
            file.SetLength(50 << 20);
        }

        TestProgram.Commit(folder.Path);
        using var tree = GitTree.Open(folder.Path, "HEAD");
        Assert.Contains("50 MB", Assert.Throws<SourceTreeException>(() => tree.ReadBytes("mm/huge.c")).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_threads_may_read()
    {
        for (var i = 0; i < 200; i++)
        {
            folder.Write($"include/d{i % 20}/h{i}.h", $"header {i}\n");
        }

        TestProgram.Commit(folder.Path);
        using var tree = GitTree.Open(folder.Path, "HEAD");
        Parallel.For(0, 2000, i => Assert.Equal($"header {i % 200}\n", System.Text.Encoding.ASCII.GetString(tree.ReadBytes($"include/d{i % 20}/h{i % 200}.h")!)));
    }

    [Fact]
    public void Entries_carry_the_ids_of_git()
    {
        TestProgram.Commit(folder.Path);
        using var tree = GitTree.Open(folder.Path, "HEAD");
        Assert.Equal(TestProgram.Git(folder.Path, "rev-parse", "HEAD^{tree}"), tree.IdOf(string.Empty));
        Assert.Equal(TestProgram.Git(folder.Path, "rev-parse", "HEAD:mm"), tree.IdOf("mm"));
        Assert.Null(tree.IdOf("none"));
        var entry = Assert.Single(tree.Entries("mm"));
        Assert.Equal(new GitEntry("madvise.c", NodeKind.File, TestProgram.Git(folder.Path, "rev-parse", "HEAD:mm/madvise.c")), entry);
    }

    [Fact]
    public void A_submodule_is_no_file()
    {
        var commit = TestProgram.Commit(folder.Path);
        TestProgram.Git(folder.Path, "update-index", "--add", "--cacheinfo", $"160000,{commit},module");
        TestProgram.Git(folder.Path, "commit", "--quiet", "--message", "module");
        using var tree = GitTree.Open(folder.Path, "HEAD");
        Assert.False(tree.FileExists("module"));
        Assert.Throws<SourceTreeException>(() => tree.ReadBytes("module"));
        Assert.Empty(tree.List("module"));
    }

    [Fact]
    public void The_configuration_of_a_repository_can_be_read()
    {
        TestProgram.Commit(folder.Path);
        using var repository = GitLibrary.Open(folder.Path);
        Assert.False(repository.Config.Get<bool>("core.bare").Value);
    }

    [RootFact]
    public void A_repository_of_another_user_is_explained()
    {
        TestProgram.Commit(folder.Path);
        Assert.Equal(0, TestProgram.Run("chown", folder.Path, ["-R", "65534", folder.Path]).Status);
        Assert.Contains("safe.directory", Assert.Throws<UserError>(() => GitTree.Open(folder.Path, "HEAD")).Cure, StringComparison.Ordinal);
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class RootFactAttribute : FactAttribute
    {
        public RootFactAttribute() => Skip = Environment.IsPrivilegedProcess ? null : "only root can give files to another user";
    }
}
