using System.Text;
using Review.Core.Source;
using Review.Patches.Diffs;
using Review.Tests.Cli;

namespace Review.Tests.Diffs;

/// <summary>Patches are applied in memory as the real git applies them, or refused where it refuses.</summary>
public sealed class ApplyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Edits_apply_as_with_git(int seed)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(seed);
        var applied = 0;
        for (var i = 0; i < 60; i++)
        {
            var before = Text(random);
            var after = Edit(before, random);
            var elsewhere = random.Next(3) == 0 ? Edit(before, random) : before;
            folder.Write("a/f", before);
            folder.Write("b/f", after);
            var diff = TestProgram.Run("git", folder.Path, ["diff", "--no-index", $"-U{random.Next(4)}", "a/f", "b/f"]).Output.Replace("a/a/f", "a/f", StringComparison.Ordinal).Replace("b/b/f", "b/f", StringComparison.Ordinal);
            diff = random.Next(4) == 0 ? Damage(diff, random) : diff;
            folder.Write("f", elsewhere);
            folder.Write("patch", diff);
            var result = TestProgram.Run("git", folder.Path, ["apply", "patch"], ("GIT_CEILING_DIRECTORIES", Path.GetDirectoryName(folder.Path)));
            var theirs = result.Status == 0 ? File.ReadAllText(folder.At("f")) : null;
            var ours = Apply(elsewhere, diff, out var reason);
            Assert.True(theirs == ours, $"seed {seed}, {i}: git: {result.Errors}, we: {reason}\n{diff}\n--- on\n{elsewhere}");
            applied += theirs is null ? 0 : 1;
        }

        Assert.InRange(applied, 15, 59);
    }

    [Theory]
    [InlineData("../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData(".git/config")]
    [InlineData("mm/.GIT/x")]
    [InlineData("git~1/x")]
    [InlineData("a/.git /x")]
    [InlineData("a/../b")]
    public void Paths_out_of_the_tree_are_refused(string path)
    {
        var diff = $"diff --git a/{path} b/{path}\nnew file mode 100644\n--- /dev/null\n+++ b/{path}\n@@ -0,0 +1 @@\n+x\n";
        Assert.Throws<PatchException>(() => DiffReader.Read(Encoding.UTF8.GetBytes(diff)));
    }

    [Fact]
    public void New_deleted_renamed_and_copied_files_are_followed()
    {
        var tree = PatchedTree.Of(new Files(("a", "1\n"), ("b", "2\n"), ("c", "3\n"))).Apply(DiffReader.Read(Encoding.UTF8.GetBytes(
            "diff --git a/a b/x\nsimilarity index 90%\nrename from a\nrename to x\n--- a/a\n+++ b/x\n@@ -1 +1 @@\n-1\n+one\n"
            + "diff --git a/b b/b\ndeleted file mode 100644\n--- a/b\n+++ /dev/null\n@@ -1 +0,0 @@\n-2\n"
            + "diff --git a/c b/y\nsimilarity index 100%\ncopy from c\ncopy to y\n"
            + "diff --git a/n b/n\nnew file mode 100755\n--- /dev/null\n+++ b/n\n@@ -0,0 +1 @@\n+n\n\\ No newline at end of file\n")));
        Assert.Equal(["", "one\n", "3\n", "3\n", "n"], new[] { "a", "x", "c", "y", "n" }.Select(path => Encoding.UTF8.GetString(tree.ReadBytes(path) ?? [])));
        Assert.False(tree.FileExists("b"));
    }

    [Theory]
    [InlineData("diff --git a/f b/f\nnew file mode 120000\n--- /dev/null\n+++ b/f\n@@ -0,0 +1 @@\n+/etc/passwd\n\\ No newline at end of file\n", "symbolic links")]
    [InlineData("diff --git a/c b/c\n--- a/c\n+++ b/c\n@@ -1,99999999999999999999 +1 @@\n-3\n+4\n", "corrupt")]
    [InlineData("diff --git a/c b/c\n--- a/c\n+++ b/c\n@@ -1,5 +1 @@\n-3\n+4\n", "corrupt")]
    [InlineData("--- a/c\n+++ b/d\n@@ -1 +1 @@\n-3\n+4\n", "different files")]
    [InlineData("diff --git a/c b/c\n--- a/c\n+++ b/c\n@@ -1 +1 @@\n-5\n+4\n", "does not apply")]
    [InlineData("diff --git a/c b/c\nnew file mode 100644\n--- /dev/null\n+++ b/c\n@@ -0,0 +1 @@\n+4\n", "exists already")]
    public void What_cannot_be_applied_says_why(string diff, string reason)
    {
        var trouble = Assert.Throws<PatchException>(() => PatchedTree.Of(new Files(("c", "3\n"))).Apply(DiffReader.Read(Encoding.UTF8.GetBytes(diff))));
        Assert.Contains(reason, trouble.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_thousand_hunks_take_no_long()
    {
        var diff = new StringBuilder("diff --git a/f b/f\n--- a/f\n+++ b/f\n");
        for (var i = 0; i < 100_000; i++)
        {
            _ = diff.Append($"@@ -{(i * 10) + 5} +{(i * 10) + 5} @@\n-x\n+y\n");
        }

        var trouble = Assert.Throws<PatchException>(() => PatchedTree.Of(new Files(("f", string.Concat(Enumerable.Repeat("z\n", 1_000_000))))).Apply(DiffReader.Read(Encoding.UTF8.GetBytes(diff.ToString()))));
        Assert.Contains("hunk 1", trouble.Message, StringComparison.Ordinal);
    }

    private static string? Apply(string text, string diff, out string reason)
    {
        reason = "";
        try
        {
            var files = DiffReader.Read(Encoding.UTF8.GetBytes(diff));
            return files.IsEmpty ? null : Encoding.UTF8.GetString(PatchedTree.Of(new Files(("f", text))).Apply(files).ReadBytes("f") ?? []);
        }
        catch (PatchException trouble)
        {
            reason = trouble.Message;
            return null;
        }
    }

    // Few different lines, so that hunks match at several places.
    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => $"{"abcd"[random.Next(4)]}\n")) + (random.Next(4) == 0 ? "end" : "");

    private static string Edit(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var line = random.Next(lines.Count);
            if (random.Next(2) == 0 && lines.Count > 1)
            {
                lines.RemoveAt(line);
            }
            else
            {
                lines.Insert(line, $"{"abcdefgh"[random.Next(8)]}");
            }
        }

        return string.Join('\n', lines);
    }

    private static string Damage(string diff, Random random)
    {
        var lines = diff.Split('\n').ToList();
        var line = random.Next(lines.Count);
        if (random.Next(2) == 0)
        {
            lines.RemoveAt(line);
        }
        else
        {
            lines.Insert(line, random.Next(2) == 0 ? "" : " a");
        }

        return string.Join('\n', lines);
    }

    private sealed class Files(params (string Path, string Text)[] files) : ISourceTree
    {
        public string? Revision => null;

        public bool FileExists(string path) => Array.Exists(files, file => file.Path == path);

        public byte[]? ReadBytes(string path) => FileExists(path) ? Encoding.UTF8.GetBytes(Array.Find(files, file => file.Path == path).Text) : null;

        public IReadOnlyList<string> List(string directory) => [];
    }
}
