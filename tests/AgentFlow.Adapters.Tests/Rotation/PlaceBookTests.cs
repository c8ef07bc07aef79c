using AgentFlow.Benchmarks.Rotation;

namespace AgentFlow.Adapters.Tests.Rotation;

/// <summary>The campaign's book of places: what it knows is what processes told, and nothing is done before all of that was died at.</summary>
public sealed class PlaceBookTests
{
    private const string First = "before start None: GET vercel/a";
    private const string Second = "after start None: GET vercel/a";
    private const string Again = "after resume None: GET vercel/a";
    private const string Recovery = "before resume Preflighted: journal call.intent recover";

    [Fact]
    public void It_gives_each_place_until_a_process_died_there()
    {
        PlaceBook book = new();
        book.Learn([First, Second]);
        Random random = new(1);
        List<string> given = [];
        while (book.HasOpen())
        {
            string place = Assert.Single(book.Take(random));
            given.Add(place);
            book.Died(place);
            book.Release(place);
        }

        Assert.Equal([Second, First], given.Order(StringComparer.Ordinal));
        Assert.Empty(book.Missed());
    }

    [Fact]
    public void A_place_that_only_a_death_leads_to_comes_with_that_death()
    {
        PlaceBook book = new();
        book.Saw([First], []);
        book.Died(First);
        book.Saw([Recovery], [First, Second]);
        book.Saw([Recovery], [First]);
        Assert.Equal([First, Recovery], book.Take(new(1)));
    }

    [Fact]
    public void A_point_is_one_whichever_command_comes_by_and_goes_before_its_repetition()
    {
        PlaceBook book = new();
        book.Learn([Second, Again]);
        book.Saw([Recovery], [First]);
        book.Died(Second);
        Assert.Equal(((3, 1), (1, 1, 1, 0)), (book.Count(), book.Points()));
        Assert.Equal([Recovery], book.Some("resume", 1, new(1)));
        book.Died(Recovery);
        Assert.Equal([Again], book.Missed());
        Assert.Equal([Again], book.Some("resume", 1, new(1)));
    }

    [Fact]
    public void A_place_that_is_never_reached_is_given_up_and_told()
    {
        PlaceBook book = new();
        book.Learn([First]);
        for (int tries = 0; book.HasOpen(); tries++)
        {
            Assert.True(tries < 100);
            book.Release(Assert.Single(book.Take(new(1))));
        }

        Assert.Equal([First], book.Missed());
    }
}
