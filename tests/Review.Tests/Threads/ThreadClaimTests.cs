using System.Text;
using Review.Patches.Mail;
using Review.Patches.Threads;
using Review.Tests.Rules;

namespace Review.Tests.Threads;

/// <summary>Who in a thread says what a rule finds: people and other bots in words of their own, and none of those who only speak of the same function.</summary>
public sealed class ThreadClaimTests
{
    private const string Patch = """
        From: Author <author@example.org>
        Subject: [PATCH 2/3] mm: read ahead without the lock
        Message-ID: <patch@x>

        Call drop_for_fault() before the read, as read_ahead() needs it.
        ---
        diff --git a/mm/a.c b/mm/a.c
        --- a/mm/a.c
        +++ b/mm/a.c
        @@ -10,6 +10,7 @@ static long read_ahead(struct vm_area_struct *vma, struct vm_area_struct **prev)
         	struct mm_struct *mm = vma->vm_mm;
        +	drop_for_fault(mm);
        @@ -40,6 +41,8 @@ static long cool_down(struct vm_area_struct *vma, struct vm_area_struct **prev)
         	struct mmu_gather tlb;
        +	tlb_gather_mmu(&tlb, mm);
         }
        +long give_back(struct vm_area_struct *vma)
        +{
        """;

    private const string QuotedReadAhead = "> @@ -10,6 +10,7 @@ static long read_ahead(struct vm_area_struct *vma, struct vm_area_struct **prev)\n>  \tstruct mm_struct *mm = vma->vm_mm;\n> +\tdrop_for_fault(mm);\n\n";
    private const string QuotedCoolDown = "> @@ -40,6 +41,8 @@ static long cool_down(struct vm_area_struct *vma, struct vm_area_struct **prev)\n>  \tstruct mmu_gather tlb;\n> +\ttlb_gather_mmu(&tlb, mm);\n\n";

    /// <summary>A rule, an answer, and the functions of which the answer says what the rule finds.</summary>
    public static TheoryData<string, string, string> Answers => new()
    {
        // People, in the thread of a quoted hunk or by name.
        { "StalePrev", QuotedReadAhead + "Doesn't that leave *prev pointing at a VMA\nthat somebody else may have freed?\n", "read_ahead" },
        { "StalePrev", "Hi,\n\nin read_ahead() prev isn't touched once the lock was given up.\n", "read_ahead" },
        { "StalePrev", QuotedReadAhead + "I looked at this one for a while.\n\nThe walker will continue with a stale prev.\n", "read_ahead" },
        { "StalePrev", QuotedReadAhead + "drop_for_fault() gives the lock back, so prev is left dangling.\n", "read_ahead" },
        { "StalePrev", QuotedReadAhead + "cool_down() has the same trouble: prev is never set.\n", "cool_down" },
        { "StalePrev", "A few notes:\n\n- read_ahead(): prev is stale after the drop\n- cool_down(): nice\n", "read_ahead" },
        { "TlbGatherUnpaired", QuotedReadAhead + "Fine.\n\n" + QuotedCoolDown + "This return never reaches tlb_finish_mmu().\n", "cool_down" },
        { "MmapLockImbalance", QuotedReadAhead + "On the error path you return without holding the mmap lock, the caller will unlock it once more.\n", "read_ahead" },
        { "Build", "Clang warns about a missing prototype for give_back() with W=1.\n", "give_back" },

        // Other bots.
        { "Build", "Hi Author,\n\nkernel test robot noticed the following build warnings:\n\n[auto build test WARNING on tree/branch]\n\nAll warnings (new ones prefixed by >>):\n\n>> mm/a.c:50:6: warning: no previous prototype for 'give_back' [-Wmissing-prototypes]\n      50 | long give_back(struct vm_area_struct *vma)\n         |      ^~~~~~~~~\n", "give_back" },
        { "Build", "tree: x\n\nmm/a.c:50:6: warning: no previous prototype for function 'give_back' [-Wmissing-prototypes]\n", "give_back" },
        { "StalePrev", "Thank you for your patch! Two issues:\n- [High] read_ahead() continues with a stale *prev after mmap_lock was dropped.\n- [Low] cool_down() lacks a comment.\n--\n\n> commit 0123456789ab\n> Author: Author <author@example.org>\n" + QuotedReadAhead + "[ ... ]\nCan this walk go wrong?\n", "read_ahead" },
        { "TlbGatherUnpaired", "syzbot ci has tested the following series\n\n[v1] mm: read ahead without the lock\n\nand found the following issue:\nWARNING in cool_down\n\nThe gather is never finished in cool_down+0x12/0x40.\n", "cool_down" },

        // What only looks like it.
        { "StalePrev", QuotedReadAhead + "Can you rename prev to last here?\n", "" },
        { "StalePrev", QuotedReadAhead + "Reviewed-by: Reader <reader@example.org>\n", "" },
        { "StalePrev", "read_ahead() reads much better now, thanks.\n\nThe changelog does not say why, though.\n", "" },
        { "StalePrev", "> The walker will continue with a stale prev in read_ahead().\n\nWho says so?\n", "" },
        { "StalePrev", QuotedReadAhead + "Ok.\n\n-- \nread_ahead() leaves prev stale, says my signature.\n", "" },
        { "StalePrev", "What about this on top?\n\ndiff --git a/mm/a.c b/mm/a.c\n@@ -1 +1 @@ long read_ahead(void)\n-\t*prev = vma; /* never stale, not left */\n", "" },
        { "StalePrev", "In other_function() of mm/b.c prev was stale, too; not your patch.\n", "" },
        { "UselessWriteback", QuotedReadAhead + "Please move this before cool_down(), the order of declarations is by size.\n", "" },
        { "MissingRevalidation", QuotedReadAhead + "Did you check the numbers again with THP off?\n", "" },
        { "TlbGatherUnpaired", QuotedCoolDown + "Nice use of the gather.\n", "" },
        { "MmapLockImbalance", QuotedReadAhead + "Could you CC whoever maintains the lock documentation?\n", "" },
        { "Build", QuotedReadAhead + "I built and booted this, works.\n\nTested-by: Reader <reader@example.org>\n", "" },
        { "RangeOverflow", QuotedReadAhead + "This wrapper around the old helper is fine, but one line is over 80 columns.\n", "" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_is_heard_for_what_it_says(string rule, string body, string function)
    {
        var subject = body.StartsWith("syzbot", StringComparison.Ordinal) ? "[syzbot ci] Re: mm: read ahead without the lock" : "Re: [PATCH 2/3] mm: read ahead without the lock";
        var thread = MailThread.Of([Mail(Patch), Mail($"From: Somebody <somebody@example.org>\nSubject: {subject}\nMessage-ID: <answer@x>\nIn-Reply-To: <patch@x>\n\n{body}")]);
        var phrases = RuleRun.RuleOf(rule).HeardAs();
        var heard = ((string[])["read_ahead", "cool_down", "give_back"]).Where(one => ThreadClaims.About(thread, one, phrases).Any());
        Assert.Equal(function.Length == 0 ? [] : [function], heard);
    }

    [Fact]
    public void Who_takes_it_back_has_not_said_it()
    {
        var thread = MailThread.Of(
        [
            Mail(Patch),
            Mail("From: A <a@x>\nSubject: Re: [PATCH 2/3] mm\nMessage-ID: <1@x>\nIn-Reply-To: <patch@x>\n\nread_ahead() leaves prev stale.\n"),
            Mail("From: B <b@x>\nSubject: Re: [PATCH 2/3] mm\nMessage-ID: <2@x>\nIn-Reply-To: <patch@x>\n\nprev is stale after read_ahead().\n"),
            Mail("From: A <a@x>\nSubject: Re: [PATCH 2/3] mm\nMessage-ID: <3@x>\nIn-Reply-To: <1@x>\n\n> read_ahead() leaves prev stale.\n\nNever mind.\n"),
        ]);
        Assert.Equal([("A <a@x>", true), ("B <b@x>", false)], ThreadClaims.About(thread, "read_ahead", ["prev stale"]).Select(static claim => (claim.Who, claim.IsWithdrawn)));
    }

    [Fact]
    public void The_patch_itself_says_nothing()
    {
        var thread = MailThread.Of([Mail(Patch + "\nprev is stale in read_ahead().\n")]);
        Assert.Empty(ThreadClaims.About(thread, "read_ahead", ["prev stale"]));
    }

    private static MailMessage Mail(string text) => MailMessage.Read(Encoding.UTF8.GetBytes(text));
}
