using Review.Patches.Threads;

namespace Review.Tests.Mail;

/// <summary>Subjects say what b4 and patchwork read in them.</summary>
public sealed class PatchSubjectTests
{
    [Theory]
    [InlineData("[PATCHv3 02/11] x", 3, 2, 11)]
    [InlineData("[RFC PATCH net-next v10, 3/4] x", 10, 3, 4)]
    [InlineData("[RESEND][PATCH v2 1/2] x", 2, 1, 2)]
    [InlineData("[PATCH [v2] 1/2] x", 2, 1, 2)]
    [InlineData("[PATCH V4 1/3] x", 4, 1, 3)]
    [InlineData("[PATCH 1/2 v5] x", 5, 1, 2)]
    [InlineData("[PATCH 6/5] x", 1, 6, 6)]
    [InlineData("[PATCH v2.1 1/3] x", 1, 1, 3)]
    [InlineData("[PATCH 5.10 01/20] x", 1, 1, 20)]
    public void Places_are_read(string subject, int revision, int number, int total)
    {
        var read = PatchSubject.Parse(subject);
        Assert.Equal((revision, number, total, true, "x"), (read.Revision, read.Number, read.Total, read.IsPatch, read.Title));
    }

    [Theory]
    [InlineData("[PATCH 1 of 3] x")]
    [InlineData("[GIT PULL] x")]
    [InlineData("[PATCH 00001/00002] x")]
    [InlineData("PATCH 1/2: x")]
    [InlineData("[PATCH v999999999999 x")]
    public void What_is_no_place_is_none(string subject) => Assert.Null(PatchSubject.Parse(subject).Number);

    [Theory]
    [InlineData("Re: [PATCH 1/2] x")]
    [InlineData("AW: RE: [PATCH 1/2] x")]
    [InlineData("回复: [PATCH 1/2] x")]
    public void Answers_are_known(string subject) => Assert.True(PatchSubject.Parse(subject) is { IsReply: true, Number: 1 });

    [Fact]
    public void Runs_of_brackets_take_no_long() => Assert.Null(PatchSubject.Parse(new string('[', 100_000)).Number);
}
