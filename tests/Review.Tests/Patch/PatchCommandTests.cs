using System.Text;
using System.Text.Json.Nodes;
using Review.Tests.Checking;
using Review.Tests.Cli;

namespace Review.Tests.Patch;

/// <summary><c>mmreview patch</c> on a kernel of our own: series made by git, from a mailbox.</summary>
public sealed class PatchCommandTests : IDisposable
{
    private const string Broken = "\trange.start = start;\n\tmmu_notifier_invalidate_range_start(&range);\n\tmmu_notifier_invalidate_range_end(&range);\n";

    private readonly MiniKernel kernel = new();
    private readonly string start;

    public PatchCommandTests() => start = TestProgram.Commit(kernel.Tree);

    [Fact]
    public void What_survives_is_reported_on_the_patch_that_introduced_it()
    {
        Edit("mm/gup.c", "int gup(void)\n{\n\treturn 1;\n}\n");
        Edit("mm/gup.c", With("stays", "goes"));
        Edit("mm/gup.c", With("stays"));
        var json = Json("series.mbox");
        var finding = Assert.Single(json["findings"]!.AsArray())!;
        Assert.Equal(("notifier-range-uninit", "stays", 2, true), ((string?)finding["rule"], (string?)finding["function"], (int)finding["patch"]!["introduced"]!, (bool)finding["patch"]!["survives"]!));
        var transient = Assert.Single(json["series"]!["transient"]!.AsArray())!;
        Assert.Equal(("goes", 2, false), ((string?)transient["function"], (int)transient["patch"]!["introduced"]!, (bool)transient["patch"]!["survives"]!));
    }

    [Fact]
    public void A_finding_of_before_is_old_when_its_lines_are_edited_and_cured_when_it_goes()
    {
        Edit("mm/madvise.c", "#include \"internal.h\"\n\nvoid zap(unsigned long start)\n{\n\tstruct mmu_notifier_range r;\n\n\tr.start = start;\n\tmmu_notifier_invalidate_range_start(&r);\n\tmmu_notifier_invalidate_range_end(&r);\n}\n");
        Assert.Empty(Json("series.mbox")["findings"]!.AsArray());
        var old = Assert.Single(Json("series.mbox", "--old")["findings"]!.AsArray())!;
        Assert.Null(old["patch"]!["introduced"]);

        Edit("mm/madvise.c", "#include \"internal.h\"\n\nvoid zap(unsigned long start)\n{\n}\n");
        Assert.Equal(2, (int)Assert.Single(Json("series.mbox")["series"]!["cured"]!.AsArray())!["curedBy"]!);
    }

    [Fact]
    public void A_changed_header_is_seen_by_the_files_that_include_it()
    {
        Edit("mm/internal.h", "#include <linux/mmu_notifier.h>\nextern int gone(void);\n#error broken\n");
        var json = Json("series.mbox");
        Assert.Contains("broken", json["notAnalysed"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_found_in_a_version_is_kept_until_something_changes_that_it_depends_on()
    {
        Edit("mm/gup.c", With("stays"));
        var first = Json("series.mbox").ToJsonString();
        Assert.Equal(first, Json("series.mbox").ToJsonString());
        foreach (var entry in Directory.GetFiles(kernel.Beside("cache/results")))
        {
            var text = File.ReadAllText(entry, Encoding.Latin1);
            File.SetUnixFileMode(entry, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.WriteAllText(entry, text.Replace("mmu_notifier_invalidate_range_start", "tampered_notifier_invalidate_range_", StringComparison.Ordinal), Encoding.Latin1);
        }

        Assert.Contains("tampered", Json("series.mbox").ToJsonString(), StringComparison.Ordinal);

        // The same version of the file, but a header beside it is another one.
        Edit("mm/internal.h", "#include <linux/mmu_notifier.h>\nextern int other(void);\n");
        var changed = Json("series.mbox");
        Assert.Equal([1], changed["findings"]!.AsArray().Select(static finding => (int)finding!["patch"]!["introduced"]!));
        Assert.DoesNotContain("tampered", changed["findings"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_series_that_touches_nothing_of_interest_is_dismissed()
    {
        Edit("drivers/x.c", "int x;\n");
        var result = Run("series.mbox");
        Assert.Equal(0, result.Status);
        Assert.Contains("no file under mm/ is touched", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_series_that_does_not_apply_is_not_analysed()
    {
        Edit("mm/gup.c", With("stays"));
        TestProgram.Git(kernel.Tree, "checkout", "--quiet", start);
        var result = Run("series.mbox", "--base", start);
        Assert.Equal(1, result.Status);
        File.WriteAllText(kernel.Beside("series.mbox"), File.ReadAllText(kernel.Beside("series.mbox")).Replace("return 0", "return 7", StringComparison.Ordinal));
        result = Run("series.mbox", "--base", start);
        Assert.Equal(2, result.Status);
        Assert.Contains("patch 1: mm/gup.c, hunk 1: does not apply", Assert.Single(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Contains("not analysed", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Comments_of_the_patch_silence_nothing()
    {
        Edit("mm/gup.c", With("stays").Replace("\tmmu_notifier_invalidate_range_start", "\t/* mmreview: allow notifier-range-uninit -- trust me */\n\tmmu_notifier_invalidate_range_start", StringComparison.Ordinal));
        Assert.Single(Json("series.mbox")["findings"]!.AsArray());
    }

    [Fact]
    public void A_range_of_commits_is_reviewed_like_a_series()
    {
        Edit("mm/gup.c", With("stays", "goes"));
        Edit("mm/gup.c", With("stays"));
        var result = kernel.Check("--rev", $"{start}..HEAD", "--format", "json", "--rules", "notifier-range-uninit");
        Assert.Equal(1, result.Status);
        var json = JsonNode.Parse(result.Output)!;
        Assert.Equal(("stays", 1), ((string?)Assert.Single(json["findings"]!.AsArray())!["function"], (int)json["findings"]![0]!["patch"]!["introduced"]!));
        Assert.Equal("goes", (string?)Assert.Single(json["series"]!["transient"]!.AsArray())!["function"]);
        Assert.Equal(2, kernel.Check("--rev", "HEAD..HEAD").Status);
    }

    [Fact]
    public void The_base_is_found_by_the_blobs_of_the_index_lines()
    {
        Edit("mm/gup.c", With("stays"));
        kernel.Write("mm/gup.c", "int other(void)\n{\n\treturn 5;\n}\n");
        TestProgram.Commit(kernel.Tree);
        var result = kernel.Run(["patch", kernel.Beside("series.mbox"), "--kernel", kernel.Tree, "--rules", "notifier-range-uninit"]);
        Assert.Equal(1, result.Status);
        Assert.Contains($"on {start[..12]}, by the blobs of 1 file", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_counter_proposal_is_judged_on_the_tree_before_the_patch_it_answers()
    {
        Edit("mm/gup.c", "int gup(void)\n{\n\treturn 1;\n}\n");
        var cure = "diff --git a/mm/madvise.c b/mm/madvise.c\n--- a/mm/madvise.c\n+++ b/mm/madvise.c\n@@ -5,6 +5,5 @@ void zap(unsigned long start)\n         struct mmu_notifier_range range;\n \n         range.start = start;\n-        mmu_notifier_invalidate_range_start(&range);\n         mmu_notifier_invalidate_range_end(&range);\n }\n";
        var patch = File.ReadAllText(kernel.Beside("series.mbox")).Replace("Subject: ", "Message-ID: <1@x>\nSubject: ", StringComparison.Ordinal);
        File.WriteAllText(kernel.Beside("thread.mbox"), $"{patch}\nFrom git@z Thu Jan  1 00:00:00 1970\nFrom: B Reader <b@x>\nSubject: Re: [PATCH] state\nIn-Reply-To: <1@x>\n\nWhat about this?\n\n{cure}");
        var proposal = Assert.Single(Json("thread.mbox")["series"]!["counterProposals"]!.AsArray())!;
        Assert.Equal(("B Reader", 1, null), ((string?)proposal["from"], (int)proposal["answers"]!, (string?)proposal["notJudged"]));
    }

    [Fact]
    public void Drafts_answer_the_patch_and_hold_nothing_that_git_would_apply()
    {
        Edit("mm/gup.c", With("stays"));
        var patch = File.ReadAllText(kernel.Beside("series.mbox")).Replace("Subject: ", "Message-ID: <1@x>\nCc: list@example.org, \"Thor, A\" <a@b.c>\nSubject: ", StringComparison.Ordinal);
        File.WriteAllText(kernel.Beside("series.mbox"), patch);
        Assert.Equal(1, Run("series.mbox", "--format", "mail", "-o", kernel.Beside("drafts"), "--rules", "notifier-range-uninit").Status);
        var draft = File.ReadAllText(kernel.Beside("drafts/0001.eml"));
        Assert.Contains("\nIn-Reply-To: <1@x>\n", draft, StringComparison.Ordinal);
        Assert.Contains("Subject: Re: [PATCH] state\n", draft, StringComparison.Ordinal);
        Assert.Contains("Cc: list@example.org,\n \"Thor, A\" <a@b.c>\n", draft, StringComparison.Ordinal);
        Assert.Contains("\n> +\tmmu_notifier_invalidate_range_start(&range);\n", draft, StringComparison.Ordinal);
        Assert.Contains("\n-- \nmmreview ", draft, StringComparison.Ordinal);
        Assert.All(draft[draft.IndexOf("\n\n", StringComparison.Ordinal)..].Split('\n').Where(static line => !line.StartsWith('>')), static line => Assert.True(line.Length <= 78, line));

        var am = TestProgram.Run("git", kernel.Tree, ["am", "--scissors", kernel.Beside("drafts/0001.eml")], ("GIT_COMMITTER_NAME", "t"), ("GIT_COMMITTER_EMAIL", "t@x"));
        Assert.NotEqual(0, am.Status);
        TestProgram.Git(kernel.Tree, "am", "--abort");
        Assert.DoesNotContain("<script", File.ReadAllText(kernel.Beside("drafts/letters.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clean_series_makes_no_draft_and_passes_b4()
    {
        Edit("mm/gup.c", "int gup(void)\n{\n\treturn 1;\n}\n");
        Assert.Equal(0, Run("series.mbox", "--format", "mail", "-o", kernel.Beside("drafts"), "--rules", "notifier-range-uninit").Status);
        Assert.False(Directory.Exists(kernel.Beside("drafts")));
        Assert.Equal("pass", Check("series.mbox")["status"]);
    }

    [Fact]
    public void B4_hears_of_findings_and_of_what_was_not_analysed()
    {
        Edit("mm/gup.c", With("stays"));
        var answer = Check("series.mbox");
        Assert.Equal(("mmreview", "fail"), (answer["tool"], answer["status"]));
        Assert.Contains("notifier-range-uninit", answer["details"], StringComparison.Ordinal);
        File.WriteAllText(kernel.Beside("broken.mbox"), File.ReadAllText(kernel.Beside("series.mbox")).Replace("return 0", "return 7", StringComparison.Ordinal));
        answer = Check("broken.mbox");
        Assert.Equal("warn", answer["status"]);
        Assert.StartsWith("not analyzed: it does not apply", answer["summary"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_thread_says_who_raised_what()
    {
        Edit("mm/gup.c", With("stays"));
        var patch = File.ReadAllText(kernel.Beside("series.mbox")).Replace("Subject: ", "Message-ID: <1@x>\nSubject: ", StringComparison.Ordinal);
        File.WriteAllText(kernel.Beside("thread.mbox"), $"{patch}\nFrom git@z Thu Jan  1 00:00:00 1970\nFrom: B Reader <b@x>\nSubject: Re: [PATCH] state\nIn-Reply-To: <1@x>\n\n> void stays(unsigned long start)\n\nIs the range not uninitialized here?\n");
        var result = kernel.Run(["thread", kernel.Beside("thread.mbox"), "--kernel", kernel.Tree, "--base", start, "--rules", "notifier-range-uninit"]);
        Assert.Equal(0, result.Status);
        Assert.Contains("said by B Reader", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_analysis_shows_to_be_false_is_said_to_the_person_who_asks()
    {
        Edit("mm/gup.c", With("fine").Replace("\trange.start = start;\n", "\tmmu_notifier_range_init(&range, 0, 0, 0, 0, start, start + 1);\n", StringComparison.Ordinal));
        Answer("> @@ -1 +1 @@ void fine(unsigned long start)\n> +\tstruct mmu_notifier_range range;\n\nAs far as I can see the range is left uninitialized.\n");
        var result = kernel.Run(["thread", kernel.Beside("thread.mbox"), "--kernel", kernel.Tree, "--base", start]);
        Assert.Equal(0, result.Status);
        Assert.Contains("B Reader <b@x> is mistaken about fine(): the range is initialised on every path before it is used [notifier-range-uninit]", result.Output, StringComparison.Ordinal);

        // Where it is true nobody is mistaken.
        Edit("mm/gup.c", With("fine"));
        Answer("> @@ -1 +1 @@ void fine(unsigned long start)\n> +\tstruct mmu_notifier_range range;\n\nAs far as I can see the range is left uninitialized.\n");
        Assert.DoesNotContain("mistaken", kernel.Run(["thread", kernel.Beside("thread.mbox"), "--kernel", kernel.Tree, "--base", start]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_the_users_of_a_header_those_are_looked_at_that_use_what_is_changed()
    {
        kernel.Write("mm/internal.h", "#include <linux/mmu_notifier.h>\n#define MMU_STEP 1\n");
        kernel.Write("mm/gup.c", "#include \"internal.h\"\nint gup(void)\n{\n\treturn MMU_STEP;\n}\n");
        TestProgram.Commit(kernel.Tree);
        var before = TestProgram.Git(kernel.Tree, "rev-parse", "HEAD");
        kernel.Write("mm/internal.h", "#include <linux/mmu_notifier.h>\n#define MMU_STEP 2\n");
        TestProgram.Commit(kernel.Tree);
        File.WriteAllText(kernel.Beside("series.mbox"), TestProgram.Git(kernel.Tree, "format-patch", "--stdout", $"{before}..HEAD") + "\n");
        var result = Run("series.mbox", "--base", before);
        Assert.Equal(0, result.Status);
        Assert.Contains("mm/internal.h: 1 further file that uses what is changed there is looked at", result.Output, StringComparison.Ordinal);
        Assert.Contains("1 file, 1 function,", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_patch_that_needs_earlier_ones_is_judged_on_the_branch_that_b4_made()
    {
        Edit("mm/gup.c", With("stays", "goes"));
        Edit("mm/gup.c", With("stays"));
        TestProgram.Git(kernel.Tree, "commit", "--quiet", "--allow-empty", "--message", "b4 tracking");
        var mails = Review.Patches.Mail.MailContainer.Split(File.ReadAllBytes(kernel.Beside("series.mbox")));
        var tip = TestProgram.Git(kernel.Tree, "rev-parse", "HEAD");
        TestProgram.Git(kernel.Tree, "branch", "review");
        TestProgram.Git(kernel.Tree, "reset", "--quiet", "--hard", start);
        File.WriteAllText(kernel.Beside("tracking.json"), "{\"series\": {\"revision\": 1, \"branch-tips\": [{\"branch\": \"review\", \"sha\": \"" + new string('2', 40) + "\"}, {\"branch\": \"review\", \"sha\": \"" + tip + "\"}]}}");
        var statuses = mails.Select((mail, index) =>
        {
            File.WriteAllBytes(kernel.Beside($"{index}.mail"), mail);
            return (Alone: Check($"{index}.mail")["status"], Tracked: Check($"{index}.mail", kernel.Beside("tracking.json")));
        }).ToList();

        // By itself the second one does not apply; on the branch it is clean, and of the first one's two findings one is left.
        Assert.Equal(["fail", "warn"], statuses.Select(static status => status.Alone));
        Assert.Equal(["fail", "pass"], statuses.Select(static status => status.Tracked["status"]));
        Assert.Contains("stays()", statuses[0].Tracked["details"], StringComparison.Ordinal);
        Assert.DoesNotContain("goes()", statuses[0].Tracked["details"], StringComparison.Ordinal);

        File.WriteAllText(kernel.Beside("tracking.json"), """{"series": {"branch-tips": [{"sha": "--upload-pack=x"}, 7]}}""");
        Assert.Equal("warn", Check("1.mail", kernel.Beside("tracking.json"))["status"]);
    }

    [Fact]
    public void What_touches_nothing_of_interest_needs_no_kernel()
    {
        Edit("drivers/x.c", "int x;\n");
        Assert.Equal(0, kernel.Run(["patch", kernel.Beside("series.mbox"), "--kernel", "/nonexistent", "--analyzer", "/nonexistent.dll"], ("MMREVIEW_CACHE", "/proc/nonexistent")).Status);
    }

    public void Dispose() => kernel.Dispose();

    private void Answer(string body)
    {
        var patch = File.ReadAllText(kernel.Beside("series.mbox")).Replace("Subject: ", "Message-ID: <1@x>\nSubject: ", StringComparison.Ordinal);
        File.WriteAllText(kernel.Beside("thread.mbox"), $"{patch}\nFrom git@z Thu Jan  1 00:00:00 1970\nFrom: B Reader <b@x>\nSubject: Re: [PATCH] state\nIn-Reply-To: <1@x>\n\n{body}");
    }

    private Dictionary<string, string> Check(string mail, string? trackingFile = null)
    {
        var result = TestProgram.Run(
            "sh",
            kernel.Tree,
            ["-c", "exec dotnet \"$1\" b4-check --kernel \"$2\" --base \"$3\" --rules notifier-range-uninit < \"$4\"", "sh", Path.Combine(AppContext.BaseDirectory, "mmreview.dll"), kernel.Tree, start, kernel.Beside(mail)],
            ("MMREVIEW_CACHE", kernel.Beside("cache")),
            ("B4_TRACKING_FILE", trackingFile));
        Assert.True(result.Status == 0, result.Errors);
        return Assert.Single(System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>[]>(result.Output)!);
    }

    private static string With(params string[] functions) =>
        "#include \"internal.h\"\n" + string.Concat(functions.Select(static name => $"void {name}(unsigned long start);\nvoid {name}(unsigned long start)\n{{\n\tstruct mmu_notifier_range range;\n\n{Broken}}}\n"))
        + "int gup(void)\n{\n\treturn 0;\n}\n";

    private void Edit(string path, string text)
    {
        kernel.Write(path, text);
        TestProgram.Commit(kernel.Tree);
        File.WriteAllText(kernel.Beside("series.mbox"), TestProgram.Git(kernel.Tree, "format-patch", "--stdout", $"{start}..HEAD") + "\n");
    }

    private ProgramResult Run(string mail, params string[] arguments) =>
        kernel.Run(["patch", kernel.Beside(mail), "--kernel", kernel.Tree, .. arguments.Contains("--base") ? arguments : [.. arguments, "--base", start]]);

    private JsonObject Json(string mail, params string[] arguments)
    {
        var result = Run(mail, ["--format", "json", "--rules", "notifier-range-uninit,build", .. arguments]);
        Assert.True(result.Status is 0 or 1, result.Errors);
        return JsonNode.Parse(result.Output)!.AsObject();
    }
}
