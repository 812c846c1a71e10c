using Review.Cli.Patch;
using Review.Patches.Series;
using Review.Tests.Cli;

namespace Review.Tests.Patch;

/// <summary>Fixes lines against a repository: only what is certainly wrong is said.</summary>
public sealed class FixesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("Fixes: 54a4f0239f2e (\"KVM: MMU: a \"quoted\" thing\")", "54a4f0239f2e", "KVM: MMU: a \"quoted\" thing")]
    [InlineData("fixes: 54a4f0239f2e (\"a title that\n   goes on\")", "54a4f0239f2e", "a title that goes on")]
    [InlineData("Fixes: 54a4f0", "54a4f0", "")]
    [InlineData("Fixes: 54a4f0239f2e1 without brackets", "54a4f0239f2e1", "")]
    public void Trailers_are_read(string message, string id, string subject) => Assert.Equal(new FixesTrailer(id, subject), Assert.Single(FixesTrailer.In("Text.\n\n" + message + "\n")));

    [Theory]
    [InlineData("Fixes: the bug")]
    [InlineData("Fixes: 54a4f")]
    [InlineData("Fixes: 54a4f0239f2x (\"a\")")]
    [InlineData("> Fixes: 54a4f0239f2e (\"a\")")]
    [InlineData("This fixes: 54a4f0239f2e")]
    public void Other_lines_are_none(string message) => Assert.Empty(FixesTrailer.In(message));

    [Fact]
    public void A_wrong_subject_and_an_unknown_commit_are_told()
    {
        folder.Write("repository/file", "1");
        var repository = folder.At("repository");
        var first = TestProgram.Commit(repository);
        Assert.Empty(Check(repository, first, $"Fixes: {first[..12]} (\"state\")"));
        Assert.Empty(Check(repository, first, $"Fixes: {first[..12]} (\" state  \")"));
        Assert.Empty(Check(repository, first, $"Fixes: {first[..12]} (\"sta...\")"));
        Assert.Equal([$"patch 1: Fixes names {first[..12]} (\"other\"), but that commit is \"state\""], Check(repository, first, $"Fixes: {first[..12]} (\"other\")"));
        Assert.Equal(["patch 1: Fixes names 0123456789ab, and the repository has no such commit"], Check(repository, first, "Fixes: 0123456789ab (\"gone\")"));
    }

    [Fact]
    public void Who_does_not_have_the_history_says_nothing()
    {
        folder.Write("repository/file", "1");
        var repository = folder.At("repository");
        var first = TestProgram.Commit(repository);
        Assert.Empty(Check(repository, FixesCheck.LinuxBegins, "Fixes: 0123456789ab (\"gone\")"));
        Assert.Empty(Check(folder.Path, first, "Fixes: 0123456789ab (\"gone\")"));
        folder.Write("repository/file", "2");
        var second = TestProgram.Commit(repository);
        TestProgram.Git(folder.Path, "clone", "--quiet", "--depth=1", "file://" + repository, "shallow");
        Assert.Empty(Check(folder.At("shallow"), second, "Fixes: 0123456789ab (\"gone\")"));
    }

    public void Dispose() => folder.Dispose();

    private static string[] Check(string repository, string first, string message) =>
        [.. new FixesCheck(first).Run(repository, new PatchSeries { Total = 1, Patches = [new SeriesPatch(1, null, "title", message, [], null)] })];
}
