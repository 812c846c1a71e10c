using System.Text;
using Review.Core.Diagnostics;

namespace Review.Tests.Rules;

/// <summary>A cure that a rule offers really cures: with it the finding is gone, nothing new appears, and the file still compiles.</summary>
public sealed class FixTests
{
    public static TheoryData<string> Classes => [.. RuleRun.Own.Select(static rule => rule.PageStem)];

    [Theory]
    [MemberData(nameof(Classes))]
    public void A_fix_takes_its_finding_away(string @class)
    {
        var rule = RuleRun.RuleOf(@class);
        var path = $"rules/{@class}.c";
        var text = File.ReadAllBytes(Path.Combine(RuleRun.Folder, path));
        var before = RuleRun.Run(RuleRun.Parse(path, Encoding.UTF8.GetString(text)), rule.Name).Findings;
        foreach (var finding in before.Where(static finding => finding.Fix is not null))
        {
            var cured = RuleRun.Run(RuleRun.Parse(path, Encoding.UTF8.GetString(Apply(text, finding.Fix!))), rule.Name).Findings;
            Assert.Empty(Names(cured).Except(Names(before), StringComparer.Ordinal));
            Assert.Equal(before.Length - 1, cured.Length);
            Assert.Equal(Names(before).Count(name => name == Name(finding)) - 1, Names(cured).Count(name => name == Name(finding)));
        }
    }

    [Theory]
    [InlineData("NotifierUnpaired", "mmu_notifier_invalidate_range_end(")]
    [InlineData("TlbGatherUnpaired", "tlb_finish_mmu(")]
    [InlineData("MmapLockImbalance", "mmap_read_unlock(")]
    [InlineData("MmapLockImbalance", "mmap_write_unlock(")]
    [InlineData("PteLock", "pte_unmap_unlock(pte, ptl);")]
    [InlineData("PteLock", "spin_unlock(ptl);")]
    [InlineData("PageRefLeak", "put_page(page);")]
    [InlineData("PageRefLeak", "folio_put(folio);")]
    public void What_was_begun_is_ended_before_the_function_is_left(string @class, string end)
    {
        var path = $"rules/{@class}.c";
        var findings = RuleRun.Run(RuleRun.Parse(path, File.ReadAllText(Path.Combine(RuleRun.Folder, path))), RuleRun.RuleOf(@class).Name).Findings;
        Assert.Contains(findings, finding => finding.Fix?.Edits.Any(edit => edit.Text.Contains(end, StringComparison.Ordinal)) == true);
    }

    private static IEnumerable<string> Names(IEnumerable<Finding> findings) => findings.Select(Name);

    private static string Name(Finding finding) => $"{finding.Function}: {finding.Message}";

    private static byte[] Apply(byte[] text, Fix fix)
    {
        var result = text.ToList();
        foreach (var edit in fix.Edits.OrderByDescending(static edit => edit.Span.Start))
        {
            result.RemoveRange(edit.Span.Start, edit.Span.End - edit.Span.Start);
            result.InsertRange(edit.Span.Start, Encoding.UTF8.GetBytes(edit.Text));
        }

        return [.. result];
    }
}
