using Review.Bot.Sending;
using Review.Bot.Store;

namespace Review.Tests.Bot;

/// <summary>What the bot says in a thread, to whom, and when it holds its tongue.</summary>
public sealed class ConversationTests
{
    private const string ToAll = "lists: {linux-mm@kvack.org: all}\nembargo_hours: 0\n";
    private const string Prev = "defect stale-prev madvise_free";

    [Fact]
    public void A_bad_patch_is_answered_once_and_in_its_thread()
    {
        using var bench = new BotBench(ToAll);
        bench.Post("0@x", "[PATCH 0/2] mm: series", "Cover.");
        bench.PostPatch("1@x", "[PATCH 1/2] mm: one", "Fine.", "0@x");
        bench.PostPatch("2@x", "[PATCH 2/2] mm: two", Prev, "0@x");
        bench.Run();
        bench.Run();
        var mail = Assert.Single(bench.Sent.Mails);
        Assert.Equal(["0@x", "2@x"], mail.Answers.AsEnumerable());
        Assert.Equal("Re: [PATCH 2/2] mm: two", mail.Subject);
        Assert.Equal("bot@example.org", mail.From!.Address);
        Assert.Equal(BotBench.Author, Assert.Single(mail.To).Address);
        Assert.Equal(["linux-mm@kvack.org", "reader@example.org"], mail.Cc.Select(static box => box.Address).Order(StringComparer.Ordinal));
        Assert.Equal(["auto-generated"], mail.Values("Auto-Submitted").AsEnumerable());
        Assert.Equal(bench.Clock.Now, mail.Date);
        Assert.Equal([BotBench.Author, "linux-mm@kvack.org", "reader@example.org"], bench.Sent.All[0].Recipients.AsEnumerable());
        Assert.Empty(bench.Drafts);
    }

    [Fact]
    public void Without_leave_to_send_there_are_drafts_only()
    {
        using var bench = new BotBench(ToAll, sends: false);
        bench.PostPatch("1@x", "[PATCH] mm: one", Prev);
        bench.Run();
        Assert.Equal("Re: [PATCH] mm: one", Assert.Single(bench.Drafts).Subject);
        Assert.Equal("the bot runs without --send", bench.Store.Messages(MessageState.Draft, 10).Single().Reason);
    }

    [Fact]
    public void The_embargo_holds_until_its_last_minute()
    {
        using var bench = new BotBench("lists: {linux-mm@kvack.org: {reply: all, embargo_hours: 24}}\n");
        bench.PostPatch("1@x", "[PATCH] mm: one", Prev);
        bench.Run();
        bench.Wait(23.99);
        bench.Run();
        Assert.Empty(bench.Sent.All);
        bench.Wait(0.01);
        bench.Run();
        Assert.Single(bench.Sent.All);
    }

    [Fact]
    public void What_somebody_says_meanwhile_is_not_said_again_unless_he_takes_it_back()
    {
        using var bench = new BotBench("lists: {linux-mm@kvack.org: {reply: all, embargo_hours: 1}}\n");
        bench.PostPatch("1@x", "[PATCH 1/2] mm: one", Prev);
        bench.PostPatch("2@x", "[PATCH 2/2] mm: two", "defect stale-prev madvise_cold", "1@x");
        bench.Run();
        bench.Post("r1@y", "Re: [PATCH 1/2] mm: one", "madvise_free() leaves prev as it was.", "1@x", "reader@example.org");
        bench.Post("r2@y", "Re: [PATCH 2/2] mm: two", "madvise_cold() leaves prev as it was.", "2@x", "reader@example.org");
        bench.Post("r3@y", "Re: [PATCH 2/2] mm: two", "Never mind, I misread that.", "r2@y", "reader@example.org");
        bench.Wait(2);
        bench.Run();
        Assert.Equal("2@x", Assert.Single(bench.Sent.Mails).Answers[^1]);
        Assert.Equal("said by reader@example.org", Assert.Single(bench.Silences()));
    }

    [Fact]
    public void An_answer_that_comes_before_its_patch_is_heard_when_the_patch_comes()
    {
        using var bench = new BotBench(ToAll);
        bench.Post("r2@y", "Re: [PATCH 2/2] mm: two", "No, that is right.", "r1@y", "author@example.org");
        bench.Post("r1@y", "Re: [PATCH 2/2] mm: two", "madvise_cold() leaves prev as it was.", "2@x", "reader@example.org");
        bench.Run();
        Assert.Empty(bench.Store.NewestSeries(10));
        bench.PostPatch("1@x", "[PATCH 1/2] mm: one", Prev);
        bench.PostPatch("2@x", "[PATCH 2/2] mm: two", "defect stale-prev madvise_cold", "1@x");
        bench.Run();
        Assert.Equal("1@x", Assert.Single(bench.Sent.Mails).Answers[^1]);
        Assert.Equal("said by reader@example.org", Assert.Single(bench.Silences()));
        Assert.Equal(["1@x", "2@x", "r1@y", "r2@y"], bench.Store.Transact(static session => MailTable.InThread(session, "1@x")).Select(static mail => mail.Identity.MessageId));
        Assert.Equal(0, bench.Store.Transact(static session => session.Number("select count(*) from early")));
    }

    [Fact]
    public void A_mute_that_comes_with_the_patch_holds()
    {
        using var bench = new BotBench(ToAll);
        bench.PostPatch("1@x", "[PATCH] mm: one", Prev);
        bench.Post("r@y", "Re: [PATCH] mm: one", "mmrev: mute", "1@x", header: BotBench.Vouched());
        bench.Run();
        Assert.Empty(bench.Sent.All);
        Assert.Equal("author@example.org muted the thread", Assert.Single(bench.Silences()));
    }

    [Fact]
    public void What_is_done_is_forgotten_after_the_days_that_the_configuration_names_and_not_answered_again()
    {
        using var bench = new BotBench(ToAll, "keep_days: 30\nmax_age_days: 20\n");
        bench.PostPatch("1@x", "[PATCH] mm: one", Prev);
        bench.Run();
        bench.Wait(24 * 29);
        bench.PostPatch("2@x", "[PATCH] mm: two", "defect stale-prev two");
        bench.Run();
        Assert.Equal(2, bench.Store.SeriesCounts()["reviewed"]);
        bench.Wait(24 * 2);
        bench.Run();
        Assert.Equal("mm: two", Assert.Single(bench.Store.NewestSeries(10)).Title);
        Assert.Equal(1, bench.Store.Transact(static session => session.Number("select count(*) from mails")));
        Assert.Equal(2, bench.Store.Ledger().Single().Said);

        // The archive is read anew from its beginning.
        bench.Store.Transact(static session => session.Execute("update sources set position = ''"));
        bench.Run();
        Assert.Equal(2, bench.Sent.All.Count);
    }

    [Fact]
    public void A_patch_that_its_author_takes_back_is_left_alone()
    {
        using var bench = new BotBench("lists: {linux-mm@kvack.org: {reply: all, embargo_hours: 1}}\n");
        bench.PostPatch("1@x", "[PATCH 1/2] mm: one", Prev);
        bench.PostPatch("2@x", "[PATCH 2/2] mm: two", "defect stale-prev madvise_cold", "1@x");
        bench.Run();
        bench.Post("r1@y", "Re: [PATCH 2/2] mm: two", "Please ignore this patch, it is wrong.", "2@x");
        bench.Post("r2@y", "Re: [PATCH 1/2] mm: one", "Please drop this patch.", "1@x", "stranger@example.org");
        bench.Wait(2);
        bench.Run();
        Assert.Equal("1@x", Assert.Single(bench.Sent.Mails).Answers[^1]);
    }

    [Fact]
    public void A_version_that_was_replaced_is_not_spoken_of_and_what_was_said_is_not_repeated()
    {
        using var bench = new BotBench(ToAll);
        bench.PostPatch("1@x", "[PATCH] mm: one", Prev);
        bench.Run();
        bench.PostPatch("2@x", "[PATCH v2] mm: one", Prev + "\ndefect walk-progress madvise_cold");
        bench.Run();
        Assert.Equal(["1@x", "2@x"], bench.Sent.Mails.Select(static mail => mail.Answers[^1]));
        Assert.DoesNotContain("madvise\\_free", bench.Sent.Mails[1].Info.Body, StringComparison.Ordinal);
        Assert.Equal("said to v1", Assert.Single(bench.Silences()));

        using var late = new BotBench("lists: {linux-mm@kvack.org: {reply: all, embargo_hours: 1}}\n");
        late.PostPatch("1@x", "[PATCH] mm: one", Prev);
        late.Run();
        late.PostPatch("2@x", "[PATCH v2] mm: one", "Fine.");
        late.Wait(2);
        late.Run();
        Assert.Empty(late.Sent.All);
        Assert.Equal("v2 was sent meanwhile", late.Store.Messages(MessageState.Dropped, 10).Single().Reason);
    }

    [Fact]
    public void Caps_make_drafts_of_what_is_too_much()
    {
        using var bench = new BotBench(ToAll + "caps: {per_mail: 1, per_thread: 2, per_list: 3, per_day: 100}\n");
        bench.PostPatch("1@x", "[PATCH 1/3] mm: one", Prev + "\ndefect walk-progress madvise_cold");
        bench.PostPatch("2@x", "[PATCH 2/3] mm: two", "defect walk-progress two", "1@x");
        bench.PostPatch("3@x", "[PATCH 3/3] mm: three", "defect walk-progress three", "1@x");
        bench.Run();
        Assert.Equal(2, bench.Sent.All.Count);
        Assert.Equal("more than 1 in one mail", Assert.Single(bench.Silences()));
        Assert.Equal("the thread has 2 mails already", bench.Store.Messages(MessageState.Draft, 10).Single().Reason);
        bench.PostPatch("4@x", "[PATCH] mm: four", "defect walk-progress four");
        bench.PostPatch("5@x", "[PATCH] mm: five", "defect walk-progress five");
        bench.Run();
        Assert.Equal(3, bench.Sent.All.Count);
        Assert.Equal(2, bench.Drafts.Count);
        bench.Wait(25);
        bench.PostPatch("6@x", "[PATCH] mm: six", "defect walk-progress six");
        bench.Run();
        Assert.Equal(4, bench.Sent.All.Count);
    }

    [Fact]
    public void Nothing_is_said_about_what_nobody_may_mail_or_wants_to_look_at()
    {
        using var bench = new BotBench(ToAll + "never_rules: [stale-prev]\n");
        bench.PostPatch("1@x", "[PATCH] mm: one", Prev);
        bench.PostPatch("2@x", "[PATCH] net: two", "defect walk-progress f", path: "net/core/a.c");
        bench.PostPatch("3@x", "[PATCH 1/2] net: three", "defect walk-progress f", path: "net/core/a.c");
        bench.PostPatch("4@x", "[PATCH 2/2] net: four", "defect walk-progress f", "3@x", path: "net/core/b.c");
        bench.Run();
        Assert.Empty(bench.Sent.All);
        Assert.Empty(bench.Drafts);
        Assert.Equal(["dismissed", "reviewed"], bench.Store.SeriesCounts().Keys);
        Assert.Empty(bench.Store.Transact(static session => MailTable.InThread(session, "3@x")));
    }

    [Fact]
    public void A_series_is_waited_for_and_then_told_to_be_incomplete()
    {
        using var bench = new BotBench(ToAll);
        bench.PostPatch("2@x", "[PATCH 2/2] mm: two", Prev, "1@x");
        bench.Run();
        Assert.Equal(SeriesState.Waiting, bench.Store.NewestSeries(1).Single().State);
        bench.Wait(2);
        bench.Run();
        Assert.Equal((SeriesState.NotAnalysed, "patch 1 of 2 is missing"), bench.Store.NewestSeries(1).Select(static series => (series.State, series.Note)).Single());
        bench.PostPatch("1@x", "[PATCH 1/2] mm: one", "Fine.");
        bench.Run();
        Assert.Equal(SeriesState.Reviewed, bench.Store.NewestSeries(1).Single().State);
        Assert.Single(bench.Sent.All);
    }

    [Fact]
    public void Mails_that_are_not_tied_together_are_a_series_and_two_series_are_two()
    {
        using var bench = new BotBench(ToAll);
        foreach (var series in (string[])["a", "b"])
        {
            bench.PostPatch(series + "1@x", $"[PATCH 1/2] mm: {series} one", "Fine.");
            bench.PostPatch(series + "2@x", $"[PATCH 2/2] mm: {series} two", $"defect walk-progress {series}");
        }

        bench.Run();
        Assert.Equal(2, bench.Store.SeriesCounts()["reviewed"]);
        Assert.Equal(["a2@x", "b2@x"], bench.Sent.Mails.Select(static mail => mail.Answers[^1]));
    }

    [Fact]
    public void A_patch_that_was_taken_out_of_the_archive_is_not_answered()
    {
        using var bench = new BotBench("lists: {linux-mm@kvack.org: {reply: all, embargo_hours: 1}}\n");
        bench.PostPatch("1@x", "[PATCH] mm: one", Prev);
        bench.Run();
        bench.Withdraw(0);
        bench.Wait(2);
        bench.Run();
        Assert.Empty(bench.Sent.All);
        Assert.Single(bench.Store.Messages(MessageState.Dropped, 10));
    }

    [Fact]
    public void Old_mails_and_odd_ones_are_not_answered_by_themselves()
    {
        using var bench = new BotBench(ToAll);
        bench.PostPatch("1@x", "[PATCH] mm: old", Prev);
        bench.Wait(24 * 15);
        bench.PostPatch("2@x", "[PATCH] mm: odd", Prev, header: "From: Somebody <else@example.org>\n");
        bench.Run();
        Assert.Empty(bench.Sent.All);
        Assert.Contains("several From fields", bench.Store.Messages(MessageState.Draft, 10).Single().Reason, StringComparison.Ordinal);
        Assert.Equal("mm: odd", bench.Store.NewestSeries(10).Single().Title);
    }

    [Fact]
    public void What_is_refused_for_now_is_tried_later_and_what_is_refused_for_good_is_not()
    {
        using var bench = new BotBench(ToAll);
        bench.Sent.Answer = new HandOver(HandOverResult.Later, "451 greylisted");
        bench.PostPatch("1@x", "[PATCH] mm: one", Prev);
        bench.Run();
        bench.Run();
        Assert.Single(bench.Sent.All);
        bench.Sent.Answer = new HandOver(HandOverResult.Refused, "550 no");
        bench.Wait(1);
        bench.Run();
        bench.Wait(24);
        bench.Run();
        Assert.Equal(2, bench.Sent.All.Count);
        Assert.Equal(bench.Sent.All[0].MessageId, bench.Sent.All[1].MessageId);
        Assert.Equal("550 no", bench.Store.Messages(MessageState.Failed, 10).Single().Reason);
    }

    [Fact]
    public void A_mail_of_which_nobody_knows_waits_for_the_archive_or_a_person()
    {
        using var bench = new BotBench(ToAll, "resend_after_minutes: 90\n");
        bench.Sent.Answer = new HandOver(HandOverResult.Unknown, "the server hung up");
        bench.PostPatch("1@x", "[PATCH] mm: one", Prev);
        bench.PostPatch("2@x", "[PATCH] mm: two", "defect walk-progress two");
        bench.Run();
        Assert.Equal(2, bench.Store.MessageCounts()["unknown"]);
        bench.Deliver(bench.Sent.All[0].Bytes);
        bench.Sent.Answer = HandOver.Done;
        bench.Wait(1);
        bench.Run();
        Assert.Equal(["sent", "unknown"], bench.Store.MessageCounts().Keys);
        bench.Wait(1);
        bench.Run();
        Assert.Equal(["sent"], bench.Store.MessageCounts().Keys);
        Assert.Equal(3, bench.Sent.All.Count);
        Assert.Equal(bench.Sent.All[1].MessageId, bench.Sent.All[2].MessageId);
    }

    [Fact]
    public void A_draft_that_a_person_takes_is_sent_where_the_policy_lets_it()
    {
        foreach (var mayBe in (bool[])[true, false])
        {
            using var bench = new BotBench($"send_adopted: {(mayBe ? "true" : "false")}\n");
            bench.PostPatch("1@x", "[PATCH] mm: one", Prev);
            bench.Run();
            var draft = bench.Store.Messages(MessageState.Draft, 10).Single();
            Assert.True(bench.Store.Adopt(draft.MessageId, bench.Clock.Now));
            Assert.False(bench.Store.Adopt(draft.MessageId, bench.Clock.Now));
            bench.Run();
            bench.Run();
            Assert.Equal(mayBe ? 1 : 0, bench.Sent.All.Count);
            Assert.Equal(mayBe ? "sent" : "draft", bench.Store.MessageCounts().Single().Key);
        }
    }
}
