using Review.Cli;
using Review.Core.Source;

namespace Review.Tests.Cli;

public sealed class ExitStatusTests
{
    [Fact]
    public void Each_kind_of_trouble_has_its_status_and_line()
    {
        Assert.Equal((1, string.Empty), Outcome(() => 1));
        Assert.Equal((2, "mmreview: what; cure\n"), Outcome(() => throw new UserError("what", "cure")));
        Assert.Equal((2, "mmreview: a?b: too large\n"), Outcome(() => throw new SourceTreeException("a\u001bb", "too large")));
        Assert.Equal((130, "mmreview: interrupted\n"), Outcome(() => throw new OperationCanceledException()));
        var (status, text) = Outcome(() => throw new InvalidOperationException("first\nsecond"));
        Assert.Equal(3, status);
        Assert.Matches("^mmreview: defect: InvalidOperationException: first second [(].*MMREVIEW_TRACE=1.*[)]\n$", text);
    }

    private static (int Status, string Text) Outcome(Func<int> command)
    {
        var errors = new StringWriter { NewLine = "\n" };
        return (ExitStatus.Of(command, errors), errors.ToString());
    }
}
