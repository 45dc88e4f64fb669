"""The demo city (演示城市): Haimen as in the notice of 2017, with invented people, firms and cases."""
