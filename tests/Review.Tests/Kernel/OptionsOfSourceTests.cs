using System.Text;
using Review.Core.Source;
using Review.Kernel;

namespace Review.Tests.Kernel;

public class OptionsOfSourceTests
{
    [Theory]
    [InlineData("#ifdef CONFIG_A\n#elif defined(CONFIG_B_MODULE) || \\\n  IS_ENABLED(CONFIG_C)\n#endif /* CONFIG_D */\n", "A B C")]
    [InlineData("// CONFIG_A\nint x = CONFIG_B; /* CONFIG_C * / CONFIG_D */ int y = CONFIG_E;", "B E")]
    [InlineData("char *a = \"CONFIG_A \\\" CONFIG_B\"; char c = '\"'; int d = CONFIG_D;", "D")]
    [InlineData("#error don't\n#if CONFIG_A > 2\n", "A")]
    [InlineData("MY_CONFIG_A CONFIG_ xCONFIG_B CONFIG_Z CONFIG_Y CONFIG_Z", "Y Z")]
    [InlineData("/* never closed CONFIG_A", "")]
    [InlineData("\"", "")]
    [InlineData("", "")]
    public void Names_in_code_count(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', OptionsOfSource.In(new SourceText("mm/a.c", Encoding.UTF8.GetBytes(text)))));
}
